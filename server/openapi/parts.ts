import * as z from 'zod';
import { Problem } from '#shared/contract/errors.ts';

/** What the paths of all features are made of. */
export const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
const problem = {
  description: 'What is wrong, and where',
  content: { 'application/problem+json': { schema: Problem } },
};
export const failures = (...statuses: number[]) =>
  Object.fromEntries(statuses.map((status) => [String(status), problem]));
export const staff: { security: Record<string, string[]>[] } = { security: [{ session: [] }, { token: [] }] };
export const list = (schema: z.ZodType) => z.object({ items: z.array(schema) });
