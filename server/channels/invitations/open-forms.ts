import * as z from 'zod';

/**
 * The generic JSON registration of Open Forms (docs/configuration/registration/generic-json.rst there): `values` by
 * variable, a key with a dot as objects within objects; `metadata` about the form; a JSON Schema of each. All of it but
 * the address, the form and the product is left where it came in, and whatever else it holds refuses nobody's form.
 */
const Registration = z.looseObject({
  values: z.record(z.string(), z.unknown()),
  metadata: z.looseObject({ form_name: z.string().catch('') }).catch({ form_name: '' }),
});

/** How one form is read; all of it can stand in the address that Open Forms posts to. */
export const OpenFormsQuery = z.strictObject({
  moment: z.enum(['aanvraag', 'afhandeling']).default('aanvraag'),
  touchpoint: z.string().optional(),
  /** A product of the settings. */
  product: z.string().optional(),
  /** The variable with the address, such as `email` or `contact.email`. */
  email: z.string().optional(),
  language: z.string().optional(),
});

const usualNames = ['email', 'emailadres', 'eMailadres', 'e-mail', 'e-mailadres', 'emailAddress'];

/** The variable of this name; the first of a field that takes several. */
function textOf(values: unknown, name: string): string | undefined {
  const value = name.split('.').reduce<unknown>((within, key) => (within as Values | null)?.[key], values);
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}
type Values = Record<string, unknown>;

/** What is kept of a registration, as an invitation that is still to be checked. */
export function invitationFrom(raw: unknown, query: z.infer<typeof OpenFormsQuery>): Record<string, unknown> {
  const { values, metadata } = Registration.parse(raw);
  const { email: name, ...rest } = query;
  const names = name === undefined ? usualNames : [name];
  const email = names.map((one) => textOf(values, one)).find((text) => text !== undefined);
  return {
    ...rest,
    ...(email === undefined ? {} : { email }),
    ...(metadata.form_name === '' ? {} : { form: metadata.form_name.slice(0, 100) }),
  };
}
export const isRegistration = (raw: unknown): boolean => Registration.safeParse(raw).success;
