import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import type { Form, Questionnaire } from '#shared/contract/questionnaire.ts';
import { inDatabase } from '../../support/database.ts';
import { call, pointers, program, rate, tokens } from './setting.ts';

export function questionnaires(): void {
  const questions = [
    {
      key: 'reden',
      type: 'multiple',
      text: { nl: 'Waarom?', en: 'Why?' },
      to: 5,
      options: [
        { key: 'tijd', text: { nl: 'Wachttijd', en: 'Waiting' } },
        { key: 'uitleg', text: { nl: 'Uitleg' } },
      ],
    },
    { key: 'geholpen', type: 'yes-no', text: { nl: 'Bent u geholpen?' } },
  ];
  const input = (fields: object = {}) => ({
    ...{
      touchpoint: 'vragen',
      after: 1,
      scale: 'grade',
      question: null,
      commentQuestion: { nl: 'Wat kan beter?' },
    },
    ...{ product: 'paspoort', questions },
    ...fields,
  });
  const form = async (language: string, query = '') =>
    (await call<Form>('GET', `/touchpoints/vragen/form?language=${language}${query}`, undefined, null)).body;

  test('QN3: a rating is held against the version that it names, and a new version changes no old answer', async () => {
    expect((await form('nl')).version).toBe(1);
    const early = await rate({ touchpoint: 'vragen', answers: {} });
    const made = await call<Questionnaire>('POST', '/questionnaires', input());
    expect(made).toMatchObject({ status: 201, body: { version: 2, method: 'Rapportcijfer 1 tot 10' } });
    const dutch = await form('nl');
    expect(dutch).toMatchObject({
      version: 2,
      commentLabel: 'Wat kan beter?',
      product: 'paspoort',
      trial: false,
    });
    expect(dutch.questions.map(({ key, from, to, text }) => [key, from, to, text])).toEqual([
      ['reden', 1, 5, 'Waarom?'],
      ['geholpen', 1, 10, 'Bent u geholpen?'],
    ]);
    const english = await form('en');
    expect(english.questions[0]!.options.map(({ text }) => text)).toEqual(['Waiting', 'Uitleg']);
    expect(english.commentLabel).not.toBe('Wat kan beter?');

    const answers = { reden: ['tijd'], geholpen: false };
    const given = await rate({ touchpoint: 'vragen', grade: 4, form: 2, answers });
    expect(given.status).toBe(201);
    const wrong = await rate({
      touchpoint: 'vragen',
      form: 2,
      answers: { reden: ['x'], geholpen: 'ja', oud: 'x' },
    });
    expect([wrong.status, pointers(wrong)]).toEqual([400, ['/answers/oud unknown-value']]);
    const typed = await rate({ touchpoint: 'vragen', form: 2, answers: { reden: ['x'], geholpen: 'ja' } });
    expect(pointers(typed)).toEqual(['/answers/reden unknown-value', '/answers/geholpen type']);
    expect(pointers(await rate({ touchpoint: 'vragen', form: 9 }))).toEqual(['/form unknown-value']);
    expect(pointers(await rate({ touchpoint: 'vragen', form: 2, smiley: 3 }))).toEqual(['/grade scale']);
    const patch = (body: object) => call('PATCH', `/ratings/${given.body.id}`, body, null);
    expect((await patch({ answers: { geholpen: true } })).status).toBe(200);
    expect(pointers(await patch({ answers: { reden: 'tijd' } }))).toEqual(['/answers/reden type']);

    const next = await call<Questionnaire>(
      'POST',
      '/questionnaires',
      input({ after: 2, questions: [], product: null }),
    );
    expect(next.body).toMatchObject({ version: 3, method: 'Rapportcijfer 1 tot 10' });
    expect((await call('POST', '/questionnaires', input({ after: 2 }))).status).toBe(409);
    const old = { touchpoint: 'vragen', form: 2, answers: { geholpen: true } };
    expect((await rate(old)).status).toBe(201);
    expect((await rate({ ...old, form: 3 })).status).toBe(400);
    // Without a version: the one that was valid when it was given.
    expect((await rate({ touchpoint: 'vragen', answers: { geholpen: true } })).status).toBe(400);
    const then = new Date(Date.parse(made.body.validFrom!) + 1).toISOString();
    expect((await rate({ touchpoint: 'vragen', answers: { geholpen: true }, givenAt: then })).status).toBe(
      201,
    );
    const kept = inDatabase(program.dataDir, (db) =>
      db
        .prepare(
          "SELECT r.form, r.answers, r.product FROM ratings r WHERE r.placement IN (SELECT id FROM placements WHERE touchpoint = 'vragen') ORDER BY seq",
        )
        .all(),
    );
    expect(kept.slice(0, 2)).toMatchObject([
      { form: null },
      { form: 2, answers: '{"geholpen":true}', product: 1 },
    ]);
    expect(early.status).toBe(201);
    const { body } = await call<{ items: Questionnaire[] }>('GET', '/questionnaires?touchpoint=vragen');
    expect(body.items.map(({ version, validFrom }) => [version, validFrom === null])).toEqual([
      [3, false],
      [2, false],
      [1, true],
    ]);
  });

  test('QN2: other words or another scale make a break in the series, other questions do not', async () => {
    const breaks = async () =>
      (
        await call<{ breaks: { label: string }[] }>('GET', '/series?interval=day&touchpoint=vragen')
      ).body.breaks.map(({ label }) => label);
    expect(await breaks()).toEqual([]);
    const asked = input({ after: 3, question: { nl: 'Hoe tevreden bent u over ons?' }, questions: [] });
    const { body } = await call<Questionnaire>('POST', '/questionnaires', asked);
    expect(body.method).toBe('Rapportcijfer 1 tot 10: “Hoe tevreden bent u over ons?”');
    for (let i = 0; i < 2; i++) expect((await rate({ touchpoint: 'vragen', form: 4 })).status).toBe(201);
    expect((await call<Summary>('GET', '/summary?touchpoint=vragen')).body.total.mixedMethods).toBe(true);
    expect(await breaks()).toHaveLength(1);
    // A tablet without a network still asks as before.
    const methods = () =>
      inDatabase(program.dataDir, (db) =>
        db.prepare("SELECT count(*) FROM placements WHERE touchpoint = 'vragen'").pluck().get(),
      );
    const before = methods();
    expect((await rate({ touchpoint: 'vragen', form: 3 })).status).toBe(201);
    expect(methods()).toBe(before);
    const faces = await call<Questionnaire>(
      'POST',
      '/questionnaires',
      input({ after: 4, scale: 'smiley', questions: [] }),
    );
    expect(faces.body.method).toBe('Vijf smileys');
    expect((await form('nl')).scale).toBe('smiley');
    expect((await rate({ touchpoint: 'vragen', form: 5, smiley: 4 })).status).toBe(201);
  });

  test('QN6: every mistake in a questionnaire is told at its place, and nothing is made of it', async () => {
    const bad = input({
      ...{ touchpoint: 'balie-2', question: { nl: ' ' }, product: 'paspoort' },
      questions: [
        { key: 'A b', type: 'choice', text: {}, options: [{ key: 'x', text: { nl: 'x' } }] },
        { key: 'c', type: 'text', text: { nl: 'x' }, from: 8, to: 2 },
      ],
    });
    const reply = await call('POST', '/questionnaires', bad);
    expect(reply.status).toBe(400);
    expect(pointers(reply)).toEqual(
      expect.arrayContaining(['/question/nl range', '/questions/0/key format', '/questions/0/text required']),
    );
    expect(pointers(await call('POST', '/questionnaires', input({ touchpoint: 'nergens' })))).toEqual([
      '/touchpoint unknown-value',
    ]);
    expect(pointers(await call('POST', '/questionnaires', input({ after: 5, product: 'geen' })))).toEqual([
      '/product unknown-value',
    ]);
    expect((await call('POST', '/questionnaires', input({ after: 5 }), tokens.manager)).status).toBe(403);
    const six = Array.from({ length: 6 }, (_, i) => ({ key: `q${i}`, type: 'text', text: { nl: 'x' } }));
    expect(pointers(await call('POST', '/questionnaires', input({ questions: six })))).toEqual([
      '/questions too-many',
    ]);
  });

  test('AB3: a form asked for a rating comes with a token that is bound to it', async () => {
    const id = randomUUID();
    const asked = await form('nl', `&rating=${id}`);
    expect(asked.formToken).toMatch(/^[0-9a-z]+\.[\w-]{22}$/);
    expect((await form('nl')).formToken).toBeUndefined();
    expect((await rate({ id, formToken: asked.formToken })).status).toBe(201);
  });
}
