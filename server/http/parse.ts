import type * as z from 'zod';
import { fieldErrors, ProblemError } from '#shared/contract/errors.ts';

/** What came in as what it has to be; every error at once, each with a pointer to its field. */
export function parse<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error, raw);
  const detail = errors.length === 1 ? errors[0]!.detail : `${errors.length} fields are not right.`;
  throw new ProblemError('invalid-input', detail, { errors });
}
