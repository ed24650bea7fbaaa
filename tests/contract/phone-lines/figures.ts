import { expect, test } from 'vitest';
import { get, send } from '../../support/ratings.ts';
import { api, as, here, line, rate, tokens } from './here.ts';

export function whoAnswered(): void {
  test('TP7: an offer counts once, as JSON or form-encoded; staff see the share of callers who answered', async () => {
    const before = (await rate()) ?? { offers: 0, rated: 0 };
    const offer = (body: unknown, token = tokens.line) => api('POST', '/telephony/offers', body, token);
    const call = {
      callId: 'call-1',
      touchpoint: line,
      language: 'nl',
      occurredAt: '2026-03-01T12:00:00+01:00',
    };
    expect(await offer(call)).toMatchObject({ status: 201, body: { touchpoint: line, status: 'accepted' } });
    expect(await offer(call)).toMatchObject({ status: 200, body: { touchpoint: line, status: 'duplicate' } });
    const form = await fetch(`${here}/api/v1/telephony/offers`, {
      method: 'POST',
      headers: as(tokens.line),
      body: new URLSearchParams({ callId: 'call-2', touchpoint: line }),
    });
    expect(form.status).toBe(201);
    const rating = await api(
      'POST',
      '/telephony/ratings',
      { callId: 'call-2', touchpoint: line, grade: 8 },
      tokens.line,
    );
    const again = await api(
      'POST',
      '/telephony/ratings',
      { callId: 'call-2', touchpoint: line, grade: 9 },
      tokens.line,
    );
    expect([rating.status, again.status]).toEqual([201, 200]);
    const after = (await rate())!;
    expect([after.offers - before.offers, after.rated - before.rated]).toEqual([2, 1]);
    expect(after.responseRate).toBeCloseTo(after.rated / after.offers, 9);
    expect(await rate('?from=2026-03-01&to=2026-03-01')).toMatchObject({
      offers: 1,
      rated: 0,
      responseRate: 0,
    });
    expect(await rate('?from=2026-02-01&to=2026-02-28')).toBeUndefined();

    expect((await offer(call, tokens.viewer)).status).toBe(403);
    expect((await send('POST', `${here}/api/v1/telephony/offers`, call)).status).toBe(401);
    expect((await offer({ ...call, touchpoint: 'balie-1' })).status).toBe(403);
    expect((await offer({ ...call, from: '+31612345678' })).body.errors).toEqual([
      expect.objectContaining({ pointer: '/from', code: 'unknown-field' }),
    ]);
    expect((await offer({ ...call, occurredAt: '1999-12-31T00:00:00Z' })).status).toBe(400);
    expect((await get(here, '/telephony/response-rates?from=gisteren', tokens.viewer)).status).toBe(400);
  });
}
