import { type FieldError, fieldErrors } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { type Answers, RatingAddition, RatingInput } from '#shared/contract/rating.ts';
import { redact } from '#shared/core/redact.ts';
import { type Addition, mark, type NewRating, type Settings } from '../storage/port.ts';
import { answerErrorsIn, questionnaireAt } from '../storage/questionnaires.ts';

type Checked<Value> = { ok: true; value: Value } | { ok: false; errors: FieldError[] };

const error = (pointer: string, code: FieldError['code'], detail: string): FieldError => ({
  pointer,
  code,
  detail,
});

/** The device's clock against ours: what it must be corrected by, in milliseconds; null for a single rating. */
export type ClockOffset = number | null;

/** When a rating counts. A batch never rejects for time: an impossible time becomes that of receipt, marked. */
export function timeOf(
  givenAt: number | null,
  receivedAt: number,
  offset: ClockOffset,
): { at: number; marks: number } {
  if (givenAt === null) return { at: receivedAt, marks: 0 };
  const off = offset !== null && Math.abs(offset) > limits.clockTolerance;
  const corrected = off ? givenAt + offset : givenAt;
  if (corrected < limits.earliest) return { at: receivedAt, marks: mark.clock };
  if (corrected > receivedAt) {
    const harmless = offset !== null && !off && corrected - receivedAt <= limits.clockTolerance;
    return { at: receivedAt, marks: harmless ? 0 : mark.clock };
  }
  return { at: corrected, marks: off ? mark.clock : 0 };
}

function redactAnswers(answers: Answers | undefined): Answers | null {
  if (!answers) return null;
  const redacted = (value: Answers[string]) =>
    typeof value === 'string' ? redact(value) : Array.isArray(value) ? value.map(redact) : value;
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, redacted(value)]));
}

const redactComment = (comment: string | undefined): string | null =>
  comment?.trim() ? redact(comment) : null;

const unknownAnswers = (answers: unknown, settings: Settings): FieldError[] =>
  answers !== null && typeof answers === 'object' && !Array.isArray(answers)
    ? Object.keys(answers)
        .filter((key) => !settings.answerKeys.includes(key))
        .map((key) =>
          error(
            `/answers/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            'unknown-value',
            'This question does not exist.',
          ),
        )
    : [];

/** Beside a questionnaire: its version exists, its scale is used, and its questions are the ones that are answered. */
function againstQuestionnaire(rating: RatingInput, settings: Settings, at: number): FieldError[] {
  const { touchpoint, form, answers } = rating;
  const version = questionnaireAt(settings, touchpoint, form ?? null, at);
  if (!version)
    return form !== undefined && settings.questionnaires.has(touchpoint)
      ? [error('/form', 'unknown-value', 'This touchpoint has no such version.')]
      : [];
  const errors = answers ? answerErrorsIn(version, answers) : [];
  // Without a version nobody can tell what the device showed: an older one may not know of the other scale yet.
  if (form !== undefined && rating[version.scale] === undefined)
    errors.push(error(`/${version.scale}`, 'scale', `This version asks for a ${version.scale}.`));
  return errors;
}

/** What the shape alone cannot tell; looks only at fields whose own shape is right, so that all errors come at once. */
function againstSettings(
  raw: Record<string, unknown>,
  wrong: ReadonlySet<string>,
  settings: Settings,
  receivedAt: number,
  single: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const usable = (field: string) => raw[field] !== undefined && !wrong.has(`/${field}`);
  if (raw.grade !== undefined && raw.smiley !== undefined)
    errors.push(error('/smiley', 'one-of', 'Send a grade or a smiley, not both.'));
  if (raw.grade === undefined && raw.smiley === undefined)
    errors.push(error('/grade', 'required', 'Send a grade (1 to 10) or a smiley (1 to 5).'));
  if (usable('touchpoint') && !settings.touchpoints.some(({ key }) => key === raw.touchpoint))
    errors.push(error('/touchpoint', 'unknown-value', 'This touchpoint does not exist.'));
  if (usable('product') && !settings.products.some(({ key }) => key === raw.product))
    errors.push(error('/product', 'unknown-value', 'This product does not exist.'));
  if (usable('language') && !settings.languageIds.has(raw.language as string))
    errors.push(error('/language', 'unknown-value', 'This language is not in use.'));
  errors.push(...unknownAnswers(raw.answers, settings));
  if (single && usable('givenAt')) {
    const givenAt = Date.parse(raw.givenAt as string);
    if (givenAt < limits.earliest) errors.push(error('/givenAt', 'too-old', 'Before 2000.'));
    if (givenAt > receivedAt + limits.ahead)
      errors.push(error('/givenAt', 'in-the-future', 'More than 24 hours ahead.'));
  }
  return errors;
}

const noFields: ReadonlySet<string> = new Set();

/** Parses, checks against the settings, corrects the time and redacts: what comes out may be stored. */
export function checkRating(
  raw: unknown,
  settings: Settings,
  receivedAt: number,
  offset: ClockOffset,
): Checked<NewRating> {
  const parsed = RatingInput.safeParse(raw);
  const shape = parsed.success ? [] : fieldErrors(parsed.error, raw);
  const fields =
    raw !== null && typeof raw === 'object' && !Array.isArray(raw) ? (raw as Record<string, unknown>) : null;
  const rest = fields
    ? againstSettings(
        fields,
        shape.length === 0 ? noFields : new Set(shape.map(({ pointer }) => `/${pointer.split('/')[1]}`)),
        settings,
        receivedAt,
        offset === null,
      )
    : [];
  if (!parsed.success || rest.length > 0) return { ok: false, errors: [...shape, ...rest] };

  const { id, touchpoint, grade, smiley, language, form, answers, comment } = parsed.data;
  const givenAt = parsed.data.givenAt === undefined ? null : Date.parse(parsed.data.givenAt);
  const { at, marks } = timeOf(givenAt, receivedAt, offset);
  const asked = againstQuestionnaire(parsed.data, settings, at);
  if (asked.length > 0) return { ok: false, errors: asked };
  const version = questionnaireAt(settings, touchpoint, form ?? null, at);
  const trial = settings.touchpoints.find(({ key }) => key === touchpoint)?.trial ? mark.trial : 0;
  return {
    ok: true,
    value: {
      kind: 'rating',
      id,
      touchpoint,
      grade: grade ?? null,
      smiley: smiley ?? null,
      product: parsed.data.product ?? version?.product ?? null,
      ...(parsed.data.product === undefined && version?.product ? { productByDefault: true } : {}),
      language: language ?? null,
      form: form ?? null,
      ...(version ? { method: version.method } : {}),
      at,
      receivedAt,
      givenAt,
      marks: marks | trial,
      answers: redactAnswers(answers),
      comment: redactComment(comment),
    },
  };
}

export function checkAddition(
  id: string,
  raw: unknown,
  settings: Settings,
  now: number,
  window: number | null,
): Checked<Addition> {
  const parsed = RatingAddition.safeParse(raw);
  const shape = parsed.success ? [] : fieldErrors(parsed.error, raw);
  const unknown = unknownAnswers((raw as { answers?: unknown } | null)?.answers, settings);
  if (!parsed.success || unknown.length > 0) return { ok: false, errors: [...shape, ...unknown] };
  const { grade, smiley, comment, answers } = parsed.data;
  const addition: Addition = { kind: 'addition', id, now, window };
  if (grade !== undefined) addition.grade = grade;
  if (smiley !== undefined) addition.smiley = smiley;
  if (comment !== undefined) addition.comment = redactComment(comment);
  if (answers !== undefined) addition.answers = redactAnswers(answers);
  return { ok: true, value: addition };
}
