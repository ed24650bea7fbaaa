export interface PasskeyRecord {
  /** The authenticator's own, in base64url. */
  id: string;
  user: string;
  name: string;
  publicKey: Buffer;
  /** How often it says that it was used; 0 where it does not count. */
  counter: number;
  createdAt: number;
  lastUsedAt: number | null;
}

/** Passkeys, which go with their account. Times in milliseconds UTC. */
export interface PasskeyStore {
  /** False when this one is known already. */
  add(passkey: Omit<PasskeyRecord, 'lastUsedAt'>): Promise<boolean>;
  /** Oldest first. */
  of(user: string): Promise<PasskeyRecord[]>;
  find(id: string): Promise<PasskeyRecord | null>;
  used(id: string, counter: number, at: number): Promise<void>;
  /** Whether that account had it. */
  remove(user: string, id: string): Promise<boolean>;
}
