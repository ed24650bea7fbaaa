import * as z from 'zod';

/** A key that appears in addresses: lower case, digits and hyphens. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'Lower case letters, digits and hyphens.' });
