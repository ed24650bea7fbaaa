import * as z from 'zod';

/**
 * The generic JSON registration of Open Forms: `values` by variable, and `metadata` about the form. All of it but the
 * address, the form and the product is left where it came in.
 */
const Registration = z.looseObject({
  values: z.record(z.string(), z.unknown()),
  metadata: z
    .looseObject({
      form_name: z.string().max(200).optional(),
      form_id: z.string().max(100).optional(),
      public_reference: z.string().max(64).optional(),
    })
    .default({}),
});

/** How one form is read; all of it can stand in the address that Open Forms posts to. */
export const OpenFormsQuery = z.strictObject({
  moment: z.enum(['aanvraag', 'afhandeling']).default('aanvraag'),
  touchpoint: z.string().optional(),
  /** A product of the settings. */
  product: z.string().optional(),
  /** The variable with the address. */
  email: z.string().optional(),
  language: z.string().optional(),
});

const usualNames = ['email', 'emailadres', 'eMailadres', 'e-mail', 'e-mailadres', 'emailAddress'];

/** What is kept of a registration, as an invitation that is still to be checked. */
export function invitationFrom(raw: unknown, query: z.infer<typeof OpenFormsQuery>): Record<string, unknown> {
  const { values, metadata } = Registration.parse(raw);
  const names = query.email === undefined ? usualNames : [query.email];
  const email = names.map((name) => values[name]).find((value) => typeof value === 'string' && value !== '');
  const { email: _, ...rest } = query;
  return {
    ...rest,
    ...(email === undefined ? {} : { email }),
    ...(metadata.form_name === undefined ? {} : { form: metadata.form_name.slice(0, 100) }),
  };
}
export const isRegistration = (raw: unknown): boolean => Registration.safeParse(raw).success;
