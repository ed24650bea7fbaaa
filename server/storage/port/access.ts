import type { Reach, Role } from '#shared/contract/access.ts';

export interface TokenRecord {
  id: number;
  name: string;
  role: Role;
  scope: string | null;
  reach: Reach | null;
  expiresAt: number | null;
}

/** Tokens and one-time links, kept as hashes. Times in milliseconds UTC. */
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
}
