import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { PasskeyRecord, PasskeyStore } from '../storage/port/passkeys.ts';
import { Challenges } from './challenges.ts';

export interface PasskeysOptions {
  store: PasskeyStore;
  secret: string;
  now: () => number;
}

/** So many for one account. */
export const mostPasskeys = 10;

/** Loaded when first needed: the way in for ratings must not wait for it at the start. */
const library = () => import('@simplewebauthn/server');
/** A passkey is for a host name, whatever the port. */
const hostOf = (origin: string) => new URL(origin).hostname;

/**
 * Coming in with a passkey (WebAuthn): the authenticator has verified its person, so it stands for password and second
 * factor together. `origin` is that of the page, as the browser tells it too.
 */
export class Passkeys {
  readonly #store: PasskeyStore;
  readonly #challenges: Challenges;
  readonly #now: () => number;

  constructor({ store, secret, now }: PasskeysOptions) {
    this.#store = store;
    this.#challenges = new Challenges(secret, now);
    this.#now = now;
  }

  /** What the browser needs to make one. */
  async creation(user: { id: string; name: string; email: string }, origin: string) {
    const { generateRegistrationOptions } = await library();
    const known = await this.#store.of(user.id);
    return generateRegistrationOptions({
      ...{ rpName: 'Klantpuls', rpID: hostOf(origin), attestationType: 'none' },
      ...{ userID: new TextEncoder().encode(user.id), userName: user.email, userDisplayName: user.name },
      challenge: this.#challenges.fresh(`create ${user.id}`),
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Null when the answer is none to a question of ours, or this passkey is known already. */
  async add(user: string, name: string, answer: unknown, origin: string): Promise<PasskeyRecord | null> {
    const { verifyRegistrationResponse } = await library();
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: (challenge) => this.#challenges.take(challenge, `create ${user}`),
      ...{ expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true },
    }).catch(() => ({ registrationInfo: undefined }));
    if (!registrationInfo) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    const passkey = { id, user, name, publicKey: Buffer.from(publicKey), counter, createdAt: this.#now() };
    return (await this.#store.add(passkey)) ? { ...passkey, lastUsedAt: null } : null;
  }

  /** What the browser needs to ask for any passkey that it has for this host. */
  async request(origin: string) {
    const { generateAuthenticationOptions } = await library();
    const challenge = this.#challenges.fresh('enter');
    return generateAuthenticationOptions({ rpID: hostOf(origin), userVerification: 'required', challenge });
  }

  /** Whose passkey somebody says to have. */
  async ownerOf(id: string): Promise<string | null> {
    return (await this.#store.find(id))?.user ?? null;
  }

  /** The account that it lets in; null for whatever does not prove itself. */
  async enter(answer: { id: string }, origin: string): Promise<string | null> {
    const known = await this.#store.find(answer.id);
    if (!known) return null;
    const { verifyAuthenticationResponse } = await library();
    const { id, publicKey, counter } = known;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => this.#challenges.take(challenge, 'enter'),
      ...{ expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true },
      credential: { id, publicKey: new Uint8Array(publicKey), counter },
    }).catch(() => ({ verified: false, authenticationInfo: undefined }));
    if (!verified || !authenticationInfo) return null;
    await this.#store.used(id, authenticationInfo.newCounter, this.#now());
    return known.user;
  }
}
