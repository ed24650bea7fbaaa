const prefixOf = (secure: boolean) => (secure ? '__Host-klantpuls' : 'klantpuls');
/** What the cookie of a session is called: over TLS no other host, and no part of this one, can set it. */
export const sessionCookieOf = (secure: boolean): string => `${prefixOf(secure)}.session_token`;

/** better-auth, set up as Klantpuls uses it: its own tables in our database, no sign-up, no telemetry. */
export async function openLibrary(database: unknown, secret: string, baseURL: string, secure: boolean) {
  const [{ betterAuth }, { twoFactor }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/two-factor'),
  ]);
  return betterAuth({
    appName: 'Klantpuls',
    secret,
    baseURL,
    database: database as never,
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        reach: { type: 'string', required: false, input: false },
        disabledAt: { type: 'number', required: false, input: false },
      },
    },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 24 },
    plugins: [twoFactor({ issuer: 'Klantpuls' })],
    advanced: {
      // Its own prefix for secure cookies is the weaker one.
      cookiePrefix: prefixOf(secure),
      useSecureCookies: false,
      defaultCookieAttributes: { secure },
      ipAddress: { disableIpTracking: true },
    },
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
  });
}
export type Library = Awaited<ReturnType<typeof openLibrary>>;
