import type { Reach, Role } from '#shared/contract/access.ts';

export interface TokenRecord {
  id: number;
  name: string;
  role: Role;
  scope: string | null;
  reach: Reach | null;
  expiresAt: number | null;
}

export type LinkPurpose = 'invitation' | 'reset';

export interface UserFields {
  name: string;
  role: Role;
  reach: Reach | null;
  disabledAt: number | null;
}
export interface UserRecord extends UserFields {
  id: string;
  email: string;
  hasPassword: boolean;
  /** Comes in through an identity provider. */
  signOn: boolean;
  secondFactor: boolean;
  sessions: number;
  lastSeenAt: number | null;
  createdAt: number;
}
export interface SessionRecord {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  browser: string | null;
}

/** Accounts, tokens and one-time links; secrets are kept as hashes. Times in milliseconds UTC. */
export interface AccessStore {
  /** Its id. */
  addToken(token: {
    name: string;
    role: Role;
    scope: string | null;
    reach?: Reach | null;
    hash: Buffer;
    expiresAt: number | null;
    now: number;
  }): Promise<number>;
  findToken(hash: Buffer, now: number): Promise<TokenRecord | null>;
  /** Those that can be used, and those that could once; newest first. */
  tokens(): Promise<(TokenRecord & { createdAt: number; revokedAt: number | null })[]>;
  /** Whether there was one to revoke. */
  revokeToken(id: number, now: number): Promise<boolean>;

  /** A one-time link for the first administrator, kept as a hash. */
  setSetupLink(hash: Buffer, expiresAt: number): Promise<void>;
  takeSetupLink(hash: Buffer, now: number): Promise<boolean>;
  hasAccounts(): Promise<boolean>;

  /** By name. */
  users(): Promise<UserRecord[]>;
  /** `last` when no administrator who can come in would be left; then nothing was changed. */
  changeUser(id: string, change: Partial<UserFields>): Promise<'done' | 'unknown' | 'last'>;
  removeUser(id: string): Promise<'done' | 'unknown' | 'last'>;
  /** Newest first, only those that are valid now. */
  sessions(user: string, now: number): Promise<SessionRecord[]>;
  /** One session, or all but one, or all; how many that were. */
  endSessions(user: string, which: { only?: string; except?: string }): Promise<number>;

  /** A one-time link for somebody's password; an earlier one for the same purpose is worth nothing any more. */
  addLink(link: { user: string; hash: Buffer; purpose: LinkPurpose; expiresAt: number }): Promise<void>;
  findLink(hash: Buffer, now: number): Promise<{ user: string; purpose: LinkPurpose } | null>;
  /** With it all links of that account are used up. */
  takeLink(hash: Buffer, now: number): Promise<{ user: string; purpose: LinkPurpose } | null>;
}
