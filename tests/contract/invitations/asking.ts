import { expect, test } from 'vitest';
import { send } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import {
  api,
  everything,
  type Fields,
  invite,
  letterTo,
  mailbox,
  pageOf,
  press,
  read,
  tokens,
} from './here.ts';

export function whoIsAsked(): void {
  test('IV1: an invitation is kept with its message in one go, and can be asked again by its id', async () => {
    const id = '0192f0c1-8a3e-7cc3-98c4-dc0c0c073001';
    const first = await invite({
      id,
      email: 'een@inwoner.test',
      product: 'paspoort',
      reference: 'Z-2026/17',
    });
    expect(first).toMatchObject({ status: 201, body: { id, status: 'accepted', delivery: 'waiting' } });
    const again = await invite({ id, email: 'een@inwoner.test', product: 'paspoort' });
    expect(again).toEqual({ status: 200, body: { ...first.body, status: 'duplicate' } });
    await letterTo('een@inwoner.test');
    const path = `/invitations/${id}`;
    await until('sent', async () => (await read(path, tokens.machine)).delivery === 'sent');
    const known = await read(path, tokens.machine);
    expect(known).toMatchObject({
      product: 'paspoort',
      reference: 'Z-2026/17',
      moment: 'aanvraag',
      answeredAt: null,
    });
    expect(mailbox.letters.filter(({ to }) => to === 'een@inwoner.test')).toHaveLength(1);

    for (const wrong of [
      { moment: 'ooit' },
      { email: 'geen adres' },
      { email: 'a@b.test', phone: '0612345678' },
      { phone: '020-1234567' },
      { product: 'onbekend' },
      { touchpoint: 'nergens' },
      { reference: 'jan@inwoner.test' },
      { reference: '123456782' },
      { naam: 'Jan' },
    ])
      expect((await invite(wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await invite({}, tokens.viewer)).status).toBe(403);
    expect((await invite({}, tokens.line)).status).toBe(403);
  });

  test('IV2: a mail has ten links in both forms, in Dutch or English, and a way out with one press', async () => {
    const { body } = await invite({
      email: 'mail@inwoner.test',
      language: 'en',
      product: 'paspoort',
      moment: 'afhandeling',
    });
    await letterTo('mail@inwoner.test');
    const letter = (await mailbox.parsed()).find(({ to }) =>
      JSON.stringify(to).includes('mail@inwoner.test'),
    )!;
    expect(letter.subject).toContain('Paspoort aanvragen');
    for (let grade = 1; grade <= 10; grade++)
      for (const part of [letter.text!, String(letter.html).replaceAll('&#38;', '&')])
        expect(part).toContain(`${body.link}?grade=${grade}&language=en`);
    const list = letter.headers.get('list') as unknown as { unsubscribe: { url: string } };
    expect(letter.headerLines.find(({ key }) => key === 'list-unsubscribe-post')!.line).toContain(
      'List-Unsubscribe=One-Click',
    );
    const way = pageOf(list.unsubscribe.url);

    const shown = await fetch(way);
    expect(await shown.text()).toContain('Meld mij af');
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect((await invite({ email: 'mail@inwoner.test' })).body.delivery).toBe('quarantine');
    expect((await press(way, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect((await invite({ email: ' MAIL@inwoner.test'.trim() })).body).toMatchObject({
      delivery: 'unsubscribed',
      link: null,
    });
    expect((await fetch(way.slice(0, -1) + (way.endsWith('x') ? 'y' : 'x'))).status).toBe(404);
  });

  test('IV1: a CSV file invites who stands in it; a row that is wrong harms no other', async () => {
    const csv =
      'email;product;language;reference\r\nr1@inwoner.test;paspoort;nl;a1\r\ngeen;;;\r\nr2@inwoner.test;;en;\r\n';
    const response = await fetch(api('/invitations/batch?moment=afhandeling'), {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(response.status).toBe(200);
    const { results } = (await response.json()) as { results: Fields[] };
    expect(results.map(({ line, status }) => [line, status])).toEqual([
      [2, 'accepted'],
      [3, 'rejected'],
      [4, 'accepted'],
    ]);
    await letterTo('r1@inwoner.test');
    await letterTo('r2@inwoner.test');
    const unknown = await fetch(api('/invitations/batch'), {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'text/csv' },
      body: 'naam\nJan\n',
    });
    expect(unknown.status).toBe(400);
  });

  test('IV5: of a registration of Open Forms only form and product are kept', async () => {
    const schema = (title: string) => ({ title, type: 'string' });
    // As its documentation and its own tests have it; a key with a dot arrives as an object within an object.
    const registration = (form_name: string, email: unknown, more = {}) => ({
      values: {
        ...{ bsn: '123456782', voornaam: 'Geheimenaam', toelichting: 'Geheimetekst' },
        bijlage: { file_name: 'geheim.pdf', content: 'R2VoZWlt' },
        contact: { email },
        ...more,
      },
      values_schema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { bsn: schema('Geheim'), contact: { type: 'object' } },
        required: ['bsn'],
        additionalProperties: false,
      },
      metadata: {
        ...{ auth_type: 'bsn', public_reference: 'OF-ABC123', form_name, form_version: 'Geheim 1.0' },
        form_id: 'a3d7a1f0-7c0c-4f5e-9a27-9d8a4ed5b1c6',
        registration_timestamp: '2026-01-30T13:05:00Z',
      },
      metadata_schema: { type: 'object', properties: { auth_type: schema('Authentication type') } },
    });
    const register = (query: string, body: unknown) =>
      send('POST', api(`/invitations/open-forms?${query}`), body, {
        authorization: `Bearer ${tokens.machine}`,
      });
    const response = await register(
      'product=paspoort&email=contact.email',
      registration('Paspoort', 'forms@inwoner.test'),
    );
    expect(response.status).toBe(201);
    const { id } = response.body as { id: string };
    const kept = await read(`/invitations/${id}`, tokens.machine);
    expect(kept).toMatchObject({ form: 'Paspoort', product: 'paspoort', reference: null });
    await letterTo('forms@inwoner.test');
    // A list of addresses, in one of the usual names; a form's name of any length; metadata that was not sent.
    const listed = await register(
      'moment=afhandeling',
      registration('x'.repeat(150), '', { emailadres: ['eerste@inwoner.test', 'tweede@inwoner.test'] }),
    );
    expect(listed).toMatchObject({ status: 201, body: { delivery: 'waiting' } });
    await letterTo('eerste@inwoner.test');
    const { metadata: _, ...bare } = registration('', null);
    expect(await register('', bare)).toMatchObject({ status: 201, body: { delivery: 'link' } });
    expect(JSON.stringify(everything())).not.toMatch(/Geheim|123456782|OF-ABC123|a3d7a1f0/);
    const none = await register('', { iets: 1 });
    expect(none.status).toBe(400);
  });
}
