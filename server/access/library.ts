/** better-auth, set up as Klantpuls uses it: its own tables in our database, no sign-up, no telemetry. */
export async function openLibrary(database: unknown, secret: string, baseURL: string) {
  const { betterAuth } = await import('better-auth');
  return betterAuth({
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
    advanced: {
      cookiePrefix: 'klantpuls',
      useSecureCookies: baseURL.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
    },
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
  });
}
