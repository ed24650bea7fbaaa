import * as z from 'zod';

/** The closed list of ways in which a request can fail, with its HTTP status and the sentence for the person. */
export const problems = {
  'invalid-input': { status: 400, title: 'The input is not valid' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'not-signed-in': { status: 401, title: 'Sign in or send a valid token' },
  'not-allowed': { status: 403, title: 'This account may not do this' },
  'origin-not-allowed': { status: 403, title: 'This website may not send ratings to this touchpoint' },
  'not-found': { status: 404, title: 'This does not exist' },
  'method-not-allowed': { status: 405, title: 'This method is not supported here' },
  conflict: { status: 409, title: 'This id was used before with other content' },
  'edited-meanwhile': { status: 409, title: 'Somebody else changed this meanwhile' },
  frozen: { status: 409, title: 'This year is frozen' },
  'too-late': { status: 410, title: 'This rating can no longer be changed' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-type': { status: 415, title: 'Send JSON as application/json or text/plain' },
  'too-many': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'cannot-store': { status: 503, title: 'The rating could not be stored' },
} as const;
export type ProblemCode = keyof typeof problems;

/** The closed list of what can be wrong with one field. */
export const fieldErrorCodes = [
  'required',
  'unknown-field',
  'type',
  'range',
  'format',
  'too-long',
  'too-many',
  'characters',
  'unknown-value',
  'one-of',
  'in-the-future',
  'too-old',
  'scale',
  'too-common',
] as const;
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

export const FieldError = z.object({
  pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) to the field' }),
  code: z.enum(fieldErrorCodes),
  detail: z.string(),
});
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457 problem details. */
export const Problem = z
  .object({
    status: z.int(),
    title: z.string(),
    detail: z.string(),
    errors: z.array(FieldError),
    current: z.unknown().optional().meta({ description: 'Of an edit conflict: how it is now' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** Thrown anywhere behind the door; the one error handler turns it into a problem response. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly retryAfter: number | undefined;
  readonly current: unknown;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { errors?: FieldError[]; retryAfter?: number; cause?: unknown; current?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
    this.current = options.current;
  }

  get problem(): Problem {
    const { status, title } = problems[this.code];
    const { detail, errors, current } = this;
    return { status, title, detail, errors, ...(current === undefined ? {} : { current }) };
  }
}

/** All of zod's issues with `raw` as field errors with JSON Pointers; an unknown field points at itself. */
export function fieldErrors(error: z.ZodError, raw: unknown): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const at = (path: readonly PropertyKey[]) =>
      path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const one = (code: FieldErrorCode, detail = issue.message): FieldError[] => [
      { pointer: at(issue.path), code, detail },
    ];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          pointer: at([...issue.path, key]),
          code: 'unknown-field',
          detail: 'This field does not exist.',
        }));
      case 'invalid_type':
        return isAbsent(raw, issue.path) ? one('required', 'This field is required.') : one('type');
      case 'too_big':
        return one(issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'range');
      case 'too_small':
        return one('range');
      case 'invalid_value':
        return one('unknown-value');
      case 'custom':
        return one((issue.params?.code as FieldErrorCode | undefined) ?? 'format');
      default:
        return one('format');
    }
  });
}

function isAbsent(raw: unknown, path: readonly PropertyKey[]): boolean {
  let value = raw;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value === undefined;
}
