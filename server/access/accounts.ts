import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Reach, type Role } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Store } from '../storage/port.ts';
import { openLibrary } from './library.ts';

/** Who a request speaks for. */
export interface Principal {
  /** Of the account or the token. */
  id: string;
  name: string;
  role: Role;
  via: 'session' | 'token';
  /** What the session or token is called in the audit log; never its secret. */
  session: string;
  /** What a machine's token is for. */
  scope: string | null;
  /** The channels and locations that it is limited to; null is all. */
  reach: Reach | null;
}

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const setupValidFor = 60 * 60_000;

export interface AccessOptions {
  store: Store;
  secret: string;
  baseUrl: string;
  now: () => number;
}

/** Accounts, sessions and tokens. Passwords (scrypt) and sessions are kept by the accounts library. */
export class Access {
  readonly #options: AccessOptions;
  /** Loaded when first needed: the way in for ratings must not wait for it at the start. */
  #library: ReturnType<typeof openLibrary> | null = null;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  #open() {
    this.#library ??= openLibrary(this.#options.store.accounts, this.#options.secret, this.#options.baseUrl);
    return this.#library;
  }

  async identify(headers: IncomingHttpHeaders): Promise<Principal | null> {
    const { store, now } = this.#options;
    const bearer = /^Bearer ([\w-]{20,200})$/i.exec(headers.authorization ?? '')?.[1];
    if (headers.authorization !== undefined) {
      const token = bearer ? await store.access.findToken(hashOf(bearer), now()) : null;
      if (!token) return null;
      const { id, name, role, scope, reach } = token;
      return { id: String(id), name, role, scope, reach, via: 'token', session: `token ${id}` };
    }
    if (!headers.cookie) return null;
    const library = await this.#open();
    const found = await library.api.getSession({ headers: new Headers({ cookie: headers.cookie }) });
    if (!found || found.user.disabledAt) return null;
    const { id, name, role, reach } = found.user;
    return {
      ...{ id, name, role: role as Role, via: 'session', session: found.session.id, scope: null },
      reach: reach ? Reach.parse(JSON.parse(reach)) : null,
    };
  }

  /** The account and the cookie of a new session; null when e-mail and password do not belong together. */
  async signIn(email: string, password: string): Promise<{ principal: Principal; cookies: string[] } | null> {
    const library = await this.#open();
    const response = await library.api.signInEmail({ body: { email, password }, asResponse: true });
    if (!response.ok) return null;
    const cookies = response.headers.getSetCookie();
    const cookie = cookies.map((line) => line.split(';')[0]).join('; ');
    const principal = await this.identify({ cookie });
    return principal && { principal, cookies };
  }

  /** Whose account a guess is at, for the audit log; nothing where there is none, or anybody could fill the log. */
  async triedAccount(email: string) {
    const found = await (await (await this.#open()).$context).internalAdapter.findUserByEmail(email);
    return found && { kind: 'nobody' as const, actor: found.user.id, name: found.user.name, session: null };
  }

  async signOut(cookie: string): Promise<string[]> {
    const library = await this.#open();
    const response = await library.api.signOut({ headers: new Headers({ cookie }), asResponse: true });
    return response.headers.getSetCookie();
  }

  async addAccount(account: { email: string; name: string; password: string; role: Role }): Promise<void> {
    const { internalAdapter, password } = await (await this.#open()).$context;
    const { email, name, role } = account;
    const hash = await password.hash(account.password);
    const user = await internalAdapter.createUser(
      { email: email.toLowerCase(), name, role, emailVerified: true },
      { method: 'email-password' },
    );
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
  }

  /** A secret that makes the first administrator, once, within an hour. */
  async makeSetupLink(): Promise<string> {
    const secret = randomBytes(24).toString('base64url');
    await this.#options.store.access.setSetupLink(hashOf(secret), this.#options.now() + setupValidFor);
    return secret;
  }

  async useSetupLink(
    secret: string,
    account: { email: string; name: string; password: string },
  ): Promise<void> {
    const { store, now } = this.#options;
    const taken =
      !(await store.access.hasAccounts()) && (await store.access.takeSetupLink(hashOf(secret), now()));
    if (!taken)
      throw new ProblemError(
        'not-found',
        'This link was used or has expired. Start Klantpuls again for a new one.',
      );
    await this.addAccount({ ...account, role: 'admin' });
  }
}
