import type { RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { type Questionnaire, QuestionnaireInput } from '#shared/contract/questionnaire.ts';
import { methodOf, plainMethod } from '#shared/core/questionnaire.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { reachOf } from '../http/reach.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { QuestionnaireVersion } from '../storage/port/questionnaires.ts';
import type { Settings, Store } from '../storage/port.ts';
import { touchpointsWithin } from '../storage/reach.ts';

export interface QuestionnaireRoutesOptions {
  store: Pick<Store, 'settings' | 'questionnaires'>;
  now: () => number;
  figures: RequestHandler;
  administration: RequestHandler;
}

/** All versions of a touchpoint, newest first; before there was one, what it asks by itself. */
function versionsOf(settings: Settings, touchpoint: string): QuestionnaireVersion[] {
  const kept = settings.questionnaires.get(touchpoint);
  if (kept) return kept;
  const point = settings.touchpoints.find(({ key }) => key === touchpoint);
  if (!point) return [];
  const current = settings.currentMethod.get(touchpoint);
  const method = settings.methods.find(({ id }) => id === current)?.label ?? plainMethod[point.scale];
  const plain = { question: null, commentQuestion: null, product: null, questions: [] };
  return [{ touchpoint, version: 1, validFrom: 0, scale: point.scale, method, ...plain }];
}

const shown = ({ validFrom, ...version }: QuestionnaireVersion): Questionnaire => ({
  ...version,
  validFrom: validFrom === 0 ? null : new Date(validFrom).toISOString(),
});

export function questionnaireRoutes({
  store,
  now,
  figures,
  administration,
}: QuestionnaireRoutesOptions): Router {
  const router = apiRouter();

  /** Of one touchpoint every version; of all the current one. */
  router.get('/questionnaires', figures, (request, response) => {
    const settings = store.settings();
    const points = touchpointsWithin(settings, reachOf(response));
    const { touchpoint } = request.query;
    const versions =
      typeof touchpoint === 'string'
        ? points.some(({ key }) => key === touchpoint)
          ? versionsOf(settings, touchpoint)
          : []
        : points.flatMap(({ key }) => versionsOf(settings, key).slice(0, 1));
    sendJson(response, 200, { items: versions.map(shown) });
  });

  router.post('/questionnaires', administration, async (request, response) => {
    const input = parse(QuestionnaireInput, await readJson(request, limits.questionnaireBytes));
    const settings = store.settings();
    const refuse = (pointer: string, detail: string) => {
      throw new ProblemError('invalid-input', detail, {
        errors: [{ pointer, code: 'unknown-value', detail }],
      });
    };
    if (!settings.touchpoints.some(({ key }) => key === input.touchpoint))
      refuse('/touchpoint', 'This touchpoint does not exist.');
    if (input.product !== null && !settings.products.some(({ key }) => key === input.product))
      refuse('/product', 'This product does not exist.');
    const names = settings.methods
      .filter(({ touchpoint }) => touchpoint === input.touchpoint)
      .map(({ label }) => label);
    const earlier = versionsOf(settings, input.touchpoint);
    const method = methodOf(input, earlier, names, settings.languages[0] ?? 'nl');
    const version = await store.questionnaires.add({ ...input, method, validFrom: now() });
    if (version === null)
      throw new ProblemError(
        'conflict',
        'Somebody else made a new version meanwhile. Look at that one first.',
      );
    const made = versionsOf(store.settings(), input.touchpoint).find((one) => one.version === version)!;
    sendJson(response, 201, shown(made));
  });

  return router;
}
