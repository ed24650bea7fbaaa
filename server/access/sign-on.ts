import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Role } from '#shared/contract/access.ts';
import type { AccessStore } from '../storage/port/access.ts';
import type { Access, SignedIn } from './accounts.ts';

export interface SignOnSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Name of the claim with roles or groups. */
  roleClaim: string;
  /** What a value of the claim means here; the first that somebody has counts. */
  roles: readonly (readonly [value: string, role: Role])[];
}

/** Kept in the browser between going to the provider and coming back, in a cookie that we signed. */
const Trip = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.number() });
const tripValidFor = 10 * 60_000;

const Claims = z.looseObject({
  sub: z.string().min(1),
  email: z.string().optional(),
  preferred_username: z.string().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
});

/** Why somebody who was let in by the provider does not come in here; the page has words for each. */
export type SignOnRefusal = 'no-role' | 'no-email' | 'disabled' | 'failed';

export interface SignOnOptions {
  settings: SignOnSettings;
  access: Access;
  store: AccessStore;
  secret: string;
  now: () => number;
  log: (error: unknown) => void;
}

/** Signing in through the municipality's own identity provider: OpenID Connect, code flow with PKCE, state and nonce. */
export class SignOn {
  readonly #options: SignOnOptions;
  #provider: ReturnType<SignOn['discover']> | null = null;

  constructor(options: SignOnOptions) {
    this.#options = options;
  }

  /** Loaded and asked when somebody first signs in; when the provider was not there, again with the next. */
  private async discover() {
    const { issuer, clientId, clientSecret } = this.#options.settings;
    const client = await import('openid-client');
    const server = new URL(issuer);
    // Without TLS only to a provider on this machine.
    const plain = server.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {};
    const configuration = await client.discovery(
      server,
      clientId,
      undefined,
      client.ClientSecretPost(clientSecret),
      plain,
    );
    return { client, configuration };
  }

  #open() {
    this.#provider ??= this.discover().catch((error) => {
      this.#provider = null;
      throw error;
    });
    return this.#provider;
  }

  /** Where to send the browser, and the cookie to give it. */
  async begin(redirectUri: string): Promise<{ url: string; trip: string }> {
    const { client, configuration } = await this.#open();
    const trip = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      until: this.#options.now() + tripValidFor,
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      state: trip.state,
      nonce: trip.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
      code_challenge_method: 'S256',
    });
    const body = Buffer.from(JSON.stringify(trip)).toString('base64url');
    return { url: url.href, trip: `${body}.${this.#sign(body)}` };
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#options.secret).update(`sign-on\n${body}`).digest('base64url');
  }

  #read(cookie: string): z.infer<typeof Trip> | null {
    const [body = '', signature = ''] = cookie.split('.');
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#sign(body))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    const trip = Trip.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return trip.until > this.#options.now() ? trip : null;
  }

  /** Whoever came back from the provider: signed in, with the role that the claim has now. */
  async finish(address: URL, cookie: string, browser: string | undefined): Promise<SignedIn | SignOnRefusal> {
    const { settings, access, store, log } = this.#options;
    const trip = this.#read(cookie);
    if (!trip) return 'failed';
    try {
      const { client, configuration } = await this.#open();
      const tokens = await client.authorizationCodeGrant(configuration, address, {
        ...{ pkceCodeVerifier: trip.verifier, expectedState: trip.state, expectedNonce: trip.nonce },
        idTokenExpected: true,
      });
      const inToken = tokens.claims()!;
      // Providers differ in what they put where; what the token says comes first.
      const more = await client
        .fetchUserInfo(configuration, tokens.access_token, inToken.sub)
        .catch(() => ({}));
      const claims = Claims.parse({ ...more, ...inToken });
      const email = (claims.email ?? claims.preferred_username ?? '').toLowerCase();
      const has = [claims[settings.roleClaim]].flat().map(String);
      const role = settings.roles.find(([value]) => has.includes(value))?.[1];
      const known = await access.findSignOn(claims.sub);
      if (!role) {
        // Who lost the role there has lost it here.
        if (known) await store.endSessions(known, {});
        return 'no-role';
      }
      if (!known && !z.email().safeParse(email).success) return 'no-email';
      const user =
        known ??
        (await access.linkSignOn({
          ...{ subject: claims.sub, email, name: claims.name?.trim().slice(0, 100) || email, role },
          trusted: claims.email_verified !== false,
        }));
      if (user === null) return 'no-email';
      const found = (await store.users()).find(({ id }) => id === user)!;
      if (found.disabledAt !== null) return 'disabled';
      const reach = role === 'admin' || role === 'privacy' ? null : found.reach;
      // The last administrator keeps the account as it is, for others to come in by; but not this way.
      if ((await store.changeUser(user, { role, reach })) !== 'done') {
        await store.endSessions(user, {});
        return 'no-role';
      }
      return await access.beginSession(user, tokens.id_token ?? null, browser);
    } catch (error) {
      log(error);
      return 'failed';
    }
  }

  /** Where the browser goes so that the provider ends its session too; null when it has no such address. */
  async endAddress(idToken: string, back: string): Promise<string | null> {
    const { client, configuration } = await this.#open();
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(configuration, {
      ...{ id_token_hint: idToken, post_logout_redirect_uri: back },
    }).href;
  }
}

/** `value=role,value=role` as the environment has it. */
export function parseRoles(text: string): [string, Role][] | null {
  const pairs = text.split(',').map((pair) => {
    const at = pair.lastIndexOf('=');
    return [pair.slice(0, at).trim(), Role.safeParse(pair.slice(at + 1).trim())] as const;
  });
  return pairs.every(([value, role]) => value !== '' && role.success && role.data !== 'machine')
    ? pairs.map(([value, role]) => [value, role.data!])
    : null;
}
