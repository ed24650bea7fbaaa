import * as z from 'zod';

export const healthChecks = ['storage', 'disk', 'backup', 'retention', 'mail', 'tls'] as const;

/** What an administrator wants to know of the installation itself. */
export const Health = z
  .object({
    version: z.string(),
    node: z.string(),
    startedAt: z.iso.datetime(),
    databaseBytes: z.int(),
    diskFreeBytes: z.int(),
    diskBytes: z.int(),
    memoryBytes: z.int(),
    backups: z.array(z.object({ name: z.string(), at: z.iso.datetime(), bytes: z.int() })),
    checks: z.array(
      z.object({
        key: z.enum(healthChecks),
        state: z.enum(['good', 'attention', 'bad']),
        fact: z
          .string()
          .meta({ description: 'A number or time that the state follows from; empty without one' }),
      }),
    ),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;
