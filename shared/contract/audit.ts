import * as z from 'zod';
import { Day } from './figures.ts';

/** Who did it: an account in a session, a token, a command on the server, or somebody who is not signed in (yet). */
export const actorKinds = ['account', 'token', 'command', 'nobody'] as const;

/** One line of the audit log (logboek). It names staff and objects, never what a resident wrote. */
export const AuditEvent = z
  .object({
    id: z.int(),
    at: z.string().meta({ description: 'RFC 3339, UTC' }),
    actor: z.object({ kind: z.enum(actorKinds), id: z.string(), name: z.string() }),
    session: z.string().nullable().meta({ description: 'Which session or token; not its secret' }),
    method: z.string().meta({ description: 'HTTP method, or COMMAND' }),
    route: z.string().meta({ description: 'Pattern of the address, or the name of the command' }),
    object: z.string().nullable().meta({ description: 'Key of what it was done to' }),
    outcome: z.int().meta({ description: 'HTTP status; 200 for a command' }),
    hash: z.string().meta({ description: 'SHA-256 over this line and the hash of the line before it' }),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditQuery = z.strictObject({
  from: Day.optional(),
  to: Day.optional(),
  q: z.string().max(100).optional().meta({ description: 'Part of a name, route, object or session' }),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .meta({ description: 'The `next` of the page before' }),
  format: z.enum(['json', 'csv', 'ndjson']).default('json'),
});
export const AuditPage = z
  .object({ items: z.array(AuditEvent), next: z.string().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;
