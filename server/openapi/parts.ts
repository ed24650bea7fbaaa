import * as z from 'zod';
import type { Permission } from '#shared/contract/access.ts';
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

/** Who may ask: anybody, whoever is signed in, an account in its own session, or the roles of a permission. */
export type Needs = Permission | 'anybody' | 'signed-in' | 'session';
interface Needed {
  security?: Record<string, string[]>[];
  'x-permission': Needs;
}
/** Every operation spreads one of these; the test of routes and roles asks each role and holds it to it. */
export const needs = (permission: Needs): Needed => ({
  ...(permission === 'anybody'
    ? {}
    : permission === 'session'
      ? { security: [{ session: [] }] }
      : { security: [{ session: [] }, { token: [] }] }),
  'x-permission': permission,
});
export const list = (schema: z.ZodType) => z.object({ items: z.array(schema) });
