import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AuditPage } from '#shared/contract/audit.ts';
import type { SimulatedAnswer } from '#shared/contract/telephony.ts';
import { countRatings } from '../../support/database.ts';
import { readDocument } from '../../support/phone.ts';
import { get } from '../../support/ratings.ts';
import {
  api,
  here,
  line,
  message,
  newCall,
  program,
  publicUrl,
  rate,
  secret,
  setLine,
  tokens,
} from './here.ts';

const audited = async () => (await get<AuditPage>(here, '/audit-events', tokens.privacy)).body.items;

export function tryingALine(): void {
  test('TP9: a call that tries a line goes step by step through the same webhooks, and never counts', async () => {
    await setLine({ languages: ['nl', 'en'] });
    const before = [await rate(), await histogram()];
    const stored = countRatings(program.dataDir);
    const step = async (body: object) => {
      const reply = await api('POST', `/telephony/lines/${line}/simulated-steps`, body);
      expect(reply.status).toBe(200);
      return reply.body as SimulatedAnswer;
    };
    const callId = randomUUID();
    const menu = await step({ callId: randomUUID() });
    expect(menu.heard.map(({ language }) => language)).toEqual(['nl-NL', 'en-GB']);
    const first = await step({ callId, language: 'nl' });
    readDocument(first.document);
    expect(first.heard.map(({ text }) => text).join(' ')).toContain('Welk cijfer');
    expect(first.gather).toMatchObject({ digits: 2, finishOnKey: '#', timeout: 3 });
    const confirm = await step({ callId, action: first.gather!.action, digits: '8' });
    expect(confirm.heard[0]!.text).toBe('U gaf een acht.');
    const thanks = await step({ callId, action: confirm.gather!.action });
    expect(thanks.gather).toBeNull();
    expect((await step({ callId, hangUp: true })).heard).toEqual([]);
    expect(countRatings(program.dataDir)).toBe(stored + 1);
    // The audit log has who tried which line, and nothing of what was keyed.
    const tried = (await audited()).slice(0, 5);
    expect(tried).toEqual(
      tried.map(() =>
        expect.objectContaining({
          ...{
            actor: expect.objectContaining({ kind: 'token', name: 'admin' }),
            method: 'POST',
            outcome: 200,
          },
          ...{ route: '/api/v1/telephony/lines/:touchpoint/simulated-steps', object: line },
        }),
      ),
    );
    expect(JSON.stringify(tried)).not.toContain(callId);
    expect([await rate(), await histogram()]).toEqual(before);
    const path = `/telephony/lines/${line}/simulated-steps`;
    expect((await api('POST', path, { callId }, tokens.manager)).status).toBe(403);
    expect((await audited())[0]).toMatchObject({ actor: { name: 'manager' }, outcome: 403, object: line });
    expect((await api('POST', path, { callId, digits: 'x' })).status).toBe(400);
    expect((await api('POST', '/telephony/lines/none/simulated-steps', { callId })).status).toBe(404);
    // The key with which calls are tried opens nothing that counts.
    const action = first.gather!.action.replace('&trial=1', '');
    expect((await message(newCall(), action, { Digits: '8' })).status).toBe(200);
  });

  const histogram = async () =>
    (await get<{ total: { histogram: number[] } }>(here, `/summary?touchpoint=${line}`, tokens.viewer)).body
      .total.histogram;

  test('TP9: the command calls a line of the running server, shows what the caller hears and what was kept', async () => {
    await setLine({ languages: ['nl', 'en'], secret });
    const before = await histogram();
    const call = async (...args: string[]) => program.command('call', '--line', line, '--url', here, ...args);
    process.env.PUBLIC_URL = publicUrl;
    try {
      const done = await call('--keys', '8#1');
      expect(done).toMatchObject({ code: 0, stderr: '' });
      expect(done.stdout).toMatch(
        /Welk cijfer[\s\S]*presses 8#[\s\S]*U gaf een acht[\s\S]*presses 1[\s\S]*Dank u wel/,
      );
      expect(done.stdout).toContain('Kept: 8 (a trial)');
      expect((await call('--keys', '10h', '--language', 'en')).stdout).toMatch(/You gave ten[\s\S]*Kept: 10/);
      expect((await call('--keys', '20', '--menu')).stdout).toMatch(/presses 2\n[\s\S]*Nothing was kept/);
      expect(await histogram()).toEqual(before);
      expect((await call('--keys', '7', '--for-real')).stdout).toMatch(/Kept: 7\n/);
      expect((await histogram())[6]).toBe(before[6]! + 1);
      expect((await audited()).slice(0, 4)).toEqual(
        ['for-real', 'trial', 'trial', 'trial'].map((kind) =>
          expect.objectContaining({
            ...{ actor: expect.objectContaining({ kind: 'command' }), method: 'COMMAND', route: 'call' },
            object: `${line}/${kind}`,
          }),
        ),
      );
      expect(await call('--line', 'none')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('none'),
      });
      const nobody = await program.command('call', '--line', line, '--url', 'http://127.0.0.1:9');
      expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') });
    } finally {
      delete process.env.PUBLIC_URL;
    }
  });
}
