import * as z from 'zod';
import { shortestPassword } from './lists.ts';
import { limitable, roles } from './permissions.ts';

export { limitable, may, type Permission, permissions, roles } from './permissions.ts';
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** What a machine token is for: `invitations`, or one telephone line. A device gets its own by pairing. */
export const TokenScope = z.union([
  z.literal('invitations'),
  z.templateLiteral(['telephony:', z.string().min(1)]),
]);

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
    via: z.enum(['session', 'token']),
    municipality: z.string(),
    languages: z.array(z.string()),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

export { shortestPassword };
export const Password = z.string().min(shortestPassword).max(200);

export const User = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: Role,
    reach: Reach.nullable(),
    /** `invited` has no password yet, `disabled` cannot come in. */
    status: z.enum(['active', 'invited', 'disabled']),
    secondFactor: z.boolean(),
    signOn: z.boolean().meta({ description: 'Comes in through the identity provider' }),
    sessions: z.int(),
    lastSeenAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

const personRoles = roles.filter((role) => role !== 'machine');
const Email = z
  .email()
  .max(320)
  .transform((email) => email.toLowerCase());
const Name = z.string().trim().min(1).max(100);
const limited = {
  check: ({ role, reach }: { role?: Role | undefined; reach?: Reach | null | undefined }) =>
    !reach || role === undefined || (limitable as readonly Role[]).includes(role),
  error: { error: 'This role cannot be limited.', path: ['reach'], params: { code: 'one-of' } },
};
export const NewUser = z
  .strictObject({
    ...{ name: Name, email: Email, role: z.enum(personRoles) },
    reach: Reach.nullable().default(null),
  })
  .refine(limited.check, limited.error);
export const UserChange = z
  .strictObject({
    name: Name.optional(),
    role: z.enum(personRoles).optional(),
    reach: Reach.nullable().optional(),
    disabled: z.boolean().optional(),
  })
  .refine(limited.check, limited.error);
export type UserChange = z.infer<typeof UserChange>;

export const linkPurposes = ['invitation', 'reset'] as const;
/** A link to pass on; null when it went by mail. */
export const SentLink = z.object({ link: z.string().nullable() }).meta({ id: 'SentLink' });
export type SentLink = z.infer<typeof SentLink>;

export const StaffSession = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    expiresAt: z.string(),
    browser: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'StaffSession' });
export type StaffSession = z.infer<typeof StaffSession>;

export const Token = z
  .object({
    id: z.int(),
    name: z.string(),
    role: Role,
    scope: z.string().nullable(),
    reach: Reach.nullable(),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof Token>;
export const NewToken = z
  .strictObject({
    name: Name,
    role: Role,
    scope: TokenScope.nullable().default(null),
    reach: Reach.nullable().default(null),
    days: z.int().min(1).max(3650).nullable().default(null),
  })
  .refine(limited.check, limited.error)
  .refine(({ role, scope }) => scope === null || role === 'machine', {
    error: 'Only the token of a machine is for one thing.',
    path: ['scope'],
    params: { code: 'one-of' },
  });

/** The password once more. */
export const Proof = z.strictObject({ password: z.string().max(200) });

export const Passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof Passkey>;
/** What a browser answers with a passkey: as WebAuthn writes it in JSON, checked by its library. */
export const PasskeyAnswer = z.looseObject({
  id: z.string().min(1).max(2000),
  response: z.looseObject({ clientDataJSON: z.string().max(10_000) }),
});
export const NewPasskey = z.strictObject({ name: Name, passkey: PasskeyAnswer });
export const PasskeySignIn = z.strictObject({ passkey: PasskeyAnswer });

export const SecondFactor = z.object({
  uri: z.string(),
  secret: z.string(),
  qr: z.string().meta({ description: 'SVG as a data: address' }),
  recoveryCodes: z.array(z.string()),
});
export type SecondFactor = z.infer<typeof SecondFactor>;
export const SecondFactorChange = z.discriminatedUnion('active', [
  z.strictObject({ active: z.literal(true), code: z.string().max(20) }),
  z.strictObject({ active: z.literal(false), password: z.string().max(200) }),
]);
