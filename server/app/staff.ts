import type { Request, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { accountRoutes } from '../access/account-routes.ts';
import type { Access } from '../access/accounts.ts';
import { auditRoutes } from '../access/audit-routes.ts';
import type { Guard } from '../access/guard.ts';
import { linkRoutes } from '../access/link-routes.ts';
import { Links } from '../access/links.ts';
import { passkeyRoutes } from '../access/passkey-routes.ts';
import { Passkeys } from '../access/passkeys.ts';
import { PasswordRules } from '../access/passwords.ts';
import { accessRoutes } from '../access/routes.ts';
import { SignOn, type SignOnSettings } from '../access/sign-on.ts';
import { signOnRoutes } from '../access/sign-on-routes.ts';
import { tokenRoutes } from '../access/token-routes.ts';
import { userRoutes } from '../access/user-routes.ts';
import type { Limiter } from '../http/limiter.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import type { QueueMail } from './outgoing.ts';

export interface StaffOptions {
  access: Access;
  store: Store;
  guard: Guard;
  secret: string;
  now: () => number;
  publicUrl: string | null;
  originOf: (request: Request) => string;
  addressOf: (request: Request) => string | null;
  limiter: (capacity: number, perSecond: number) => Limiter | null;
  queueMail: QueueMail;
  canMail: boolean;
  passwordList: string | undefined;
  signOn: SignOnSettings | null;
  /** Somebody's access changed: who may no longer listen is sent away. */
  onChange: () => Promise<void>;
  demo: { email: string; password: string } | undefined;
  version: string;
  log: (error: unknown) => void;
}

/** Coming in, and all that is about accounts, tokens and what was done with them. */
export function staff(options: StaffOptions): Router {
  const { access, guard, now, publicUrl, originOf, addressOf, limiter, onChange, log } = options;
  const store = options.store.access;
  const settings = () => options.store.settings();
  const municipality = () => settings().municipality;
  const passwords = new PasswordRules(options.passwordList);
  const passkeys = new Passkeys({ store: options.store.passkeys, secret: options.secret, now });
  const { queueMail, canMail } = options;
  const links = new Links({ store, now, publicUrl, municipality, queueMail, canMail });
  const signOn = options.signOn && new SignOn({ ...options, settings: options.signOn, store });

  const guesses = limiter(10, 0.1);
  const refuse = (wait: number) => {
    if (wait > 0) throw new ProblemError('too-many', `Try again in ${wait} seconds.`, { retryAfter: wait });
  };
  const slowDown = (key: string) => refuse(guesses?.take(key) ?? 0);
  const slowDownHere = (request: Request, key: string) => slowDown(`${addressOf(request)} ${key}`);

  const administration = guard.needs('administration');
  const router = apiRouter();
  router.use(
    accessRoutes({
      ...{ access, guard, settings, passwords, passkeys, originOf, guesses, addressOf },
      ...{ demo: options.demo, version: options.version },
      hasAccounts: () => store.hasAccounts(),
      manyGuesses: limiter(100, 1),
      onSignOut: onChange,
      signOn: signOn && {
        async end(user, request) {
          const idToken = await access.takeIdToken(user);
          // Whoever signs out here is out here, also when the provider does not answer.
          return idToken && signOn.endAddress(idToken, `${originOf(request)}/`).catch(() => null);
        },
      },
    }),
  );
  if (signOn) router.use(signOnRoutes({ signOn, guard, originOf, slowDown: slowDownHere }));
  router.use(
    linkRoutes({
      ...{ access, store, guard, links, passwords, now, municipality, originOf, onChange, log },
      slowDown: slowDownHere,
    }),
  );
  router.use(accountRoutes({ access, store, guard, passwords, settings, now, slowDown, onChange }));
  router.use(
    passkeyRoutes({
      ...{ access, guard, passkeys, store: options.store.passkeys, users: () => store.users() },
      ...{ originOf, slowDown, slowDownHere },
    }),
  );
  router.use(userRoutes({ access, store, links, needs: administration, now, originOf, onChange }));
  const touchpoints = () => settings().touchpoints.map(({ key }) => key);
  router.use(tokenRoutes({ store, needs: administration, now, touchpoints }));
  router.use(auditRoutes({ audit: options.store.audit, needs: guard.needs('audit') }));
  return router;
}
