import type { Router } from 'express';
import * as z from 'zod';
import { type FieldError, ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { type Line, LineChange, type ResponseRate } from '#shared/contract/telephony.ts';
import { dayOfDate } from '#shared/core/calendar.ts';
import { isPhoneLanguage, recordable } from '#shared/messages/phone/index.ts';
import { readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { reachOf } from '../../http/reach.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';
import type { LineRecord } from '../../storage/port/phone.ts';
import { touchpointsWithin } from '../../storage/reach.ts';
import { lineOf } from './calls.ts';
import type { TelephonyOptions } from './routes.ts';
import { pathOf } from './simulator.ts';

const date = z.iso.date().transform(dayOfDate);
const Period = z.object({ from: date.optional(), to: date.optional() });

/** The channel that a fresh database has for telephone. */
const phoneChannel = 'telefoon';

/** What can only be known beside the settings and the words. */
function mistakesIn({ languages, voices, recordings, platform, secret }: LineChange): FieldError[] {
  const unknown = (pointer: string, detail: string): FieldError => ({
    pointer,
    code: 'unknown-value',
    detail,
  });
  const spoken = (pointer: string, language: string) =>
    isPhoneLanguage(language) ? [] : [unknown(pointer, 'The telephone has no words in this language.')];
  const badKey = platform === 'telnyx' && secret && Buffer.from(secret, 'base64').length !== 32;
  return [
    ...languages.flatMap((language, index) => spoken(`/languages/${index}`, language)),
    ...Object.keys(voices).flatMap((language) => spoken(`/voices/${language}`, language)),
    ...Object.entries(recordings).flatMap(([language, prompts]) => [
      ...spoken(`/recordings/${language}`, language),
      ...Object.keys(prompts)
        .filter((name) => !(recordable as readonly string[]).includes(name))
        .map((name) => unknown(`/recordings/${language}/${name}`, 'This prompt does not exist.')),
    ]),
    ...(badKey
      ? [
          {
            pointer: '/secret',
            code: 'format' as const,
            detail: 'The public key of Telnyx: 32 bytes in base64.',
          },
        ]
      : []),
  ];
}

/** The settings of lines, and how many callers answered. */
export function lineRoutes(options: TelephonyOptions): Router {
  const { store, settings, seal, defaultSecret, origins, figures, administration } = options;
  const router = apiRouter();

  const shown = (line: LineRecord, name: string): Line => {
    const { touchpoint, platform, languages, voices, recordings, sealedSecret } = line;
    const shared = platform === 'twilio' && defaultSecret !== null;
    const webhook = origins()[0] + pathOf(touchpoint);
    return {
      ...{ touchpoint, name, platform, languages, voices, recordings, webhook },
      secret: sealedSecret ? 'own' : shared ? 'default' : 'none',
      statusCallback: `${webhook}/status`,
    };
  };

  router.get('/telephony/lines', administration, async (_request, response) => {
    const set = new Set((await store.lines()).map(({ touchpoint }) => touchpoint));
    const points = settings().touchpoints.filter(
      ({ key, channel, retired }) => set.has(key) || (channel === phoneChannel && !retired),
    );
    const items = points.map(async ({ key, name }) => shown(await lineOf(store, key), name));
    sendJson(response, 200, { items: await Promise.all(items) });
  });

  router.put('/telephony/lines/:touchpoint', administration, async (request, response) => {
    const point = settings().touchpoints.find(({ key }) => key === request.params.touchpoint);
    if (!point) throw new ProblemError('not-found', 'There is no touchpoint with this key.');
    const change = parse(LineChange, await readJson(request, limits.bodyBytes));
    const errors = mistakesIn(change);
    if (errors.length > 0) throw new ProblemError('invalid-input', errors[0]!.detail, { errors });
    const { secret, ...line } = change;
    const before = await lineOf(store, point.key);
    // A secret of the other scheme is none of this one.
    const kept = before.platform === line.platform ? before.sealedSecret : null;
    const sealedSecret = secret === undefined ? kept : secret === null ? null : seal(secret);
    await store.saveLine({ ...line, touchpoint: point.key, sealedSecret });
    sendJson(response, 200, shown(await lineOf(store, point.key), point.name));
  });

  router.get('/telephony/response-rates', figures, async (request, response) => {
    const { from, to } = parse(Period, request.query);
    const own = new Set(touchpointsWithin(settings(), reachOf(response)).map(({ key }) => key));
    const counts = (await store.callCounts(from ?? null, to ?? null)).filter((count) =>
      own.has(count.touchpoint),
    );
    const items = counts.map((count): ResponseRate => {
      const asked = count.offers || count.calls;
      return { ...count, responseRate: asked > 0 ? count.rated / asked : null };
    });
    sendJson(response, 200, { items });
  });
  return router;
}
