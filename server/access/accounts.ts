import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Reach, type Role, shortestPassword } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Store } from '../storage/port.ts';
import { type Library, openLibrary } from './library.ts';

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

export interface SignedIn {
  principal: Principal;
  cookies: string[];
}

const cookieOf = (response: globalThis.Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

export interface AccessOptions {
  store: Store;
  secret: string;
  baseUrl: string;
  /** Reached over TLS. */
  secure: boolean;
  now: () => number;
}

/** Accounts, sessions and tokens. Passwords (scrypt) and sessions are kept by the accounts library. */
export class Access {
  readonly #options: AccessOptions;
  /** Loaded when first needed: the way in for ratings must not wait for it at the start. */
  #library: Promise<Library> | null = null;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** The accounts library itself. */
  library(): Promise<Library> {
    const { store, secret, baseUrl, secure } = this.#options;
    this.#library ??= openLibrary(store.accounts, secret, baseUrl, secure);
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
    const library = await this.library();
    const found = await library.api.getSession({ headers: new Headers({ cookie: headers.cookie }) });
    if (!found || found.user.disabledAt) return null;
    const { id, name, role, reach } = found.user;
    return {
      ...{ id, name, role: role as Role, via: 'session', session: found.session.id, scope: null },
      reach: reach ? Reach.parse(JSON.parse(reach)) : null,
    };
  }

  /**
   * The account and the cookie of a new session. Not signed in: 'wrong' when e-mail and password do not belong together,
   * 'code' when the second factor is missing or not right, 'locked' after too many wrong ones.
   */
  async signIn(
    { email, password, code }: { email: string; password: string; code?: string | undefined },
    browser?: string,
  ): Promise<SignedIn | 'wrong' | 'code' | 'locked'> {
    // Nobody has such a password: there is nothing to compare it with, whoever it is.
    if (password.length < shortestPassword) return 'wrong';
    const library = await this.library();
    const headers = new Headers(browser ? { 'user-agent': browser.slice(0, 300) } : {});
    const first = await library.api.signInEmail({ body: { email, password }, headers, asResponse: true });
    if (!first.ok) return 'wrong';
    const { twoFactorRedirect } = (await first.json()) as { twoFactorRedirect?: boolean };
    if (!twoFactorRedirect) return (await this.#signedIn(first)) ?? 'wrong';
    if (!code) return 'code';
    headers.set('cookie', cookieOf(first));
    const typed = code.replaceAll(' ', '');
    const verify = /^\d{6}$/.test(typed) ? library.api.verifyTOTP : library.api.verifyBackupCode;
    const second = await verify({ body: { code: typed }, headers, asResponse: true });
    if (second.status === 429) return 'locked';
    return (second.ok && (await this.#signedIn(second))) || 'code';
  }

  /** Null for an account that may not come in; its session is ended at once. */
  async #signedIn(response: globalThis.Response): Promise<SignedIn | null> {
    const principal = await this.identify({ cookie: cookieOf(response) });
    if (!principal) await this.signOut(cookieOf(response));
    return principal && { principal, cookies: response.headers.getSetCookie() };
  }

  /** Whose account a guess is at, for the audit log; nothing where there is none, or anybody could fill the log. */
  async triedAccount(email: string) {
    const found = await (await (await this.library()).$context).internalAdapter.findUserByEmail(email);
    return found && { kind: 'nobody' as const, actor: found.user.id, name: found.user.name, session: null };
  }

  /** The same, by the id of the account. */
  async triedUser(id: string) {
    const user = (await this.#options.store.access.users()).find((one) => one.id === id);
    return user && { kind: 'nobody' as const, actor: user.id, name: user.name, session: null };
  }

  async signOut(cookie: string): Promise<string[]> {
    const library = await this.library();
    const response = await library.api.signOut({ headers: new Headers({ cookie }), asResponse: true });
    return response.headers.getSetCookie();
  }

  /** Its id. */
  async addAccount(account: {
    email: string;
    name: string;
    password?: string;
    role: Role;
    reach?: Reach | null;
  }): Promise<string> {
    const { internalAdapter } = await (await this.library()).$context;
    const { email, name, role, reach, password } = account;
    const user = await internalAdapter.createUser(
      {
        ...{ email: email.toLowerCase(), name, role, emailVerified: true },
        ...(reach ? { reach: JSON.stringify(reach) } : {}),
      },
      { method: 'email-password' },
    );
    if (password !== undefined) await this.setPassword(user.id, password);
    return user.id;
  }

  async setPassword(user: string, chosen: string): Promise<void> {
    const { internalAdapter, password } = await (await this.library()).$context;
    const hash = await password.hash(chosen);
    const accounts = await internalAdapter.findAccounts(user);
    if (accounts.some(({ providerId }) => providerId === 'credential'))
      await internalAdapter.updatePassword(user, hash);
    else
      await internalAdapter.linkAccount({
        ...{ userId: user, providerId: 'credential', accountId: user, password: hash },
      });
  }

  async removeSecondFactor(user: string): Promise<void> {
    const { internalAdapter, adapter } = await (await this.library()).$context;
    await internalAdapter.updateUser(user, { twoFactorEnabled: false });
    await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: user }] });
  }

  async isPassword(user: string, given: string): Promise<boolean> {
    const { internalAdapter, password } = await (await this.library()).$context;
    const accounts = await internalAdapter.findAccounts(user);
    const hash = accounts.find(({ providerId }) => providerId === 'credential')?.password;
    return hash ? password.verify({ hash, password: given }) : false;
  }

  /** The account that belongs to a subject of the identity provider. */
  async findSignOn(subject: string): Promise<string | null> {
    const { adapter } = await (await this.library()).$context;
    const account = await adapter.findOne<{ userId: string }>({
      model: 'account',
      where: [
        { field: 'providerId', value: 'oidc' },
        { field: 'accountId', value: subject },
      ],
    });
    return account?.userId ?? null;
  }

  /**
   * Makes an account for a subject, or gives it the one with the same address: only when the provider vouches for the
   * address. Its id; null when there is such an account and it does not.
   */
  async linkSignOn(person: {
    subject: string;
    email: string;
    name: string;
    role: Role;
    trusted: boolean;
  }): Promise<string | null> {
    const { subject, trusted, ...fields } = person;
    const { internalAdapter } = await (await this.library()).$context;
    const known = (await internalAdapter.findUserByEmail(fields.email))?.user.id;
    if (known && !trusted) return null;
    const id = known ?? (await this.addAccount(fields));
    await internalAdapter.linkAccount({ userId: id, providerId: 'oidc', accountId: subject });
    return id;
  }

  /** A session for who was let in by the identity provider; its proof is kept for signing out there. */
  async beginSession(
    user: string,
    idToken: string | null,
    browser: string | undefined,
  ): Promise<SignedIn | 'failed'> {
    const library = await this.library();
    const { internalAdapter, authCookies, secret } = await library.$context;
    const account = (await internalAdapter.findAccounts(user)).find(
      ({ providerId }) => providerId === 'oidc',
    );
    if (account) await internalAdapter.updateAccount(account.id, { idToken });
    const { token } = await internalAdapter.createSession(user, false, {
      userAgent: browser?.slice(0, 300) ?? '',
    });
    // As the library signs its own cookies.
    const signature = createHmac('sha256', secret).update(token).digest('base64');
    const { name, attributes } = authCookies.sessionToken;
    const value = encodeURIComponent(`${token}.${signature}`);
    const line = `${name}=${value}; Max-Age=${attributes.maxAge}; Path=/; HttpOnly; SameSite=Lax${attributes.secure ? '; Secure' : ''}`;
    const principal = await this.identify({ cookie: `${name}=${value}` });
    return principal ? { principal, cookies: [line] } : 'failed';
  }

  /** What proves to the identity provider whose session ends there; forgotten with it. */
  async takeIdToken(user: string): Promise<string | null> {
    const { internalAdapter } = await (await this.library()).$context;
    const account = (await internalAdapter.findAccounts(user)).find(
      ({ providerId }) => providerId === 'oidc',
    );
    if (!account?.idToken) return null;
    await internalAdapter.updateAccount(account.id, { idToken: null });
    return account.idToken;
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
