import * as z from 'zod';

export const roles = ['viewer', 'manager', 'controller', 'privacy', 'admin', 'machine'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** What an account can be allowed to do; `admin` may do all but speak for a machine. */
export const permissions = {
  figures: ['viewer', 'manager', 'controller', 'admin'],
  comments: ['manager', 'admin'],
  void: ['manager', 'admin'],
  exports: ['manager', 'controller', 'admin'],
  indicators: ['controller', 'admin'],
  audit: ['privacy', 'admin'],
  administration: ['admin'],
  metrics: ['admin', 'machine'],
  invitations: ['admin', 'machine'],
  machine: ['machine'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);

/** What a machine token is for: `invitations`, or one telephone line. A device gets its own by pairing. */
export const TokenScope = z.union([
  z.literal('invitations'),
  z.templateLiteral(['telephony:', z.string().min(1)]),
]);

/** Roles that can be limited to some channels or locations; the others have to do with all of it. */
export const limitable = ['viewer', 'manager', 'controller'] as const satisfies readonly Role[];

/** What an account or token is limited to; null is no limit. A location of "" is none. */
export const Reach = z
  .strictObject({
    channels: z.array(z.string()).min(1).max(100).nullable().default(null),
    locations: z.array(z.string()).min(1).max(100).nullable().default(null),
  })
  .meta({ id: 'Reach' });
export type Reach = z.infer<typeof Reach>;

export const Account = z
  .object({
    name: z.string(),
    role: Role,
    municipality: z.string(),
    languages: z.array(z.string()),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;
