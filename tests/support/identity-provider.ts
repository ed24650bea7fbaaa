import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface Person {
  sub: string;
  claims: Record<string, unknown>;
}

/** A real OpenID Connect provider on this machine, that signs in whoever it is told to. */
export class IdentityProvider {
  readonly #server: Server;
  #provider: Provider | null = null;
  /** Who sits behind the browser. */
  person: Person = { sub: '', claims: {} };

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<IdentityProvider> {
    const server = createServer((request, response) => {
      const { person } = provider;
      const known = provider.#provider!;
      if (request.url?.startsWith('/interaction/'))
        void known.interactionFinished(request, response, { login: { accountId: person.sub } });
      else void known.callback()(request, response);
    });
    const provider = new IdentityProvider(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The one application that may send people here. */
  register(url: string, client: { id: string; secret: string }): void {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          ...{ client_id: client.id, client_secret: client.secret },
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${url}/api/v1/sign-on/callback`],
          post_logout_redirect_uris: [`${url}/`],
        },
      ],
      claims: {
        ...{ openid: ['sub', 'roles'], profile: ['name'], email: ['email', 'email_verified'] },
      },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      cookies: { keys: ['a key for the cookies of a test'] },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          // As if the person pressed the button at once.
          logoutSource: (ctx, form) => {
            ctx.body = form;
          },
        },
      },
      findAccount: (_ctx, sub) => ({
        accountId: sub,
        claims: async () => ({ sub, ...this.person.claims }),
      }),
      // Nobody is asked whether the application may know them.
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({
          accountId: ctx.oidc.session!.accountId!,
          clientId: ctx.oidc.client!.clientId,
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
    this.#provider = provider;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A browser as far as signing in goes: it follows redirects and keeps cookies, per origin. */
export class Traveller {
  readonly #jars = new Map<string, Map<string, string>>();
  /** Every address that it came by. */
  readonly trail: string[] = [];

  cookiesFor(url: string): string {
    const jar = this.#jars.get(new URL(url).origin) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async go(url: string, options: RequestInit = {}): Promise<{ url: string; response: Response }> {
    let address = url;
    let init = options;
    for (let steps = 0; steps < 20; steps++) {
      this.trail.push(address);
      const response = await fetch(address, {
        ...init,
        redirect: 'manual',
        headers: { ...init.headers, cookie: this.cookiesFor(address) },
      });
      const { origin } = new URL(address);
      const jar = this.#jars.get(origin) ?? new Map<string, string>();
      this.#jars.set(origin, jar);
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...rest] = line.split(';');
        const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        const gone = value === '' || rest.some((part) => /max-age=0|expires=thu, 01 jan 1970/i.test(part));
        if (gone) jar.delete(name);
        else jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) return { url: address, response };
      address = new URL(location, address).href;
      init = {};
    }
    throw new Error(`It goes round and round: ${this.trail.join(' → ')}`);
  }
}
