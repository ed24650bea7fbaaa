import * as z from 'zod';
import { limits } from './limits.ts';
import { Contacts, Retention } from './privacy.ts';
import { Scale } from './questionnaire.ts';
import { Key } from './rating.ts';
import { ServiceNorm } from './service-norms.ts';
import { Slug } from './slug.ts';

export { Slug };

export const Channel = z.object({ key: Slug, name: z.string().min(1).max(100) }).meta({ id: 'Channel' });
export type Channel = z.infer<typeof Channel>;

export const Touchpoint = z
  .object({
    key: Slug,
    name: z.string().min(1).max(100),
    channel: Slug,
    location: z.string().max(100).nullable(),
    scale: Scale,
    origins: z.array(z.url()),
    trial: z.boolean(),
    retired: z.boolean(),
  })
  .meta({ id: 'Touchpoint' });
export type Touchpoint = z.infer<typeof Touchpoint>;

export const Product = z
  .object({ key: Key, name: z.string().min(1).max(200), upl: z.url().nullable(), retired: z.boolean() })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof Product>;

/** The address of a website without its path, as browsers name it when they send a rating. */
const Origin = z
  .url({ protocol: /^https?$/, error: 'An address such as https://www.gemeente.nl.' })
  .transform((address) => new URL(address).origin);

export const NewTouchpoint = z.strictObject({
  key: Slug,
  name: Touchpoint.shape.name,
  channel: Slug,
  location: Touchpoint.shape.location.default(null),
  scale: Scale.default('grade'),
  origins: z.array(Origin).max(50).default([]),
  trial: z.boolean().default(false),
});
/** A touchpoint's channel is fixed, and its scale follows from its questionnaire. */
export const TouchpointChange = z.strictObject({
  name: Touchpoint.shape.name.optional(),
  location: Touchpoint.shape.location.optional(),
  origins: z.array(Origin).max(50).optional(),
  trial: z.boolean().optional(),
  retired: z.boolean().optional(),
});
export const NewChannel = z.strictObject(Channel.shape);
export const ChannelChange = z.strictObject({ name: Channel.shape.name });
export const NewProduct = z.strictObject({
  key: Slug,
  name: Product.shape.name,
  upl: Product.shape.upl.default(null),
});
export const ProductChange = z.strictObject({
  name: Product.shape.name.optional(),
  upl: Product.shape.upl.optional(),
  retired: z.boolean().optional(),
});
/** Days on which nobody is served, besides the official holidays. */
export const ClosedDays = z.strictObject({ items: z.array(z.iso.date()).max(400) });

/** A rating that came in while its touchpoint was on trial: shown to whoever sets it up, counted nowhere. */
export const TrialRating = z
  .object({
    reference: z.string(),
    at: z.iso.datetime(),
    grade: z.int().nullable(),
    smiley: z.int().nullable(),
    language: z.string().nullable(),
    version: z.int().nullable(),
    answers: z.record(z.string(), z.unknown()),
    comment: z.string().nullable(),
  })
  .meta({ id: 'TrialRating' });
export type TrialRating = z.infer<typeof TrialRating>;

/** An agreed grade for a year: of the whole (`scope` "total"), a channel or a touchpoint. */
export const Target = z.object({
  scope: z.enum(['total', 'channel', 'touchpoint']),
  key: z.string(),
  year: z.int().min(2000).max(2100),
  grade: z.number().min(1).max(10),
});
export type Target = z.infer<typeof Target>;

const MonthDay = z
  .string()
  .regex(/^(?:0\d|1[0-2])-(?:[0-2]\d|3[01])$/, { error: 'Month and day, such as 07-01.' });
const keys = z.array(z.string().min(1).max(100)).min(1).max(limits.filterValues).optional();

/** What is agreed and found for one year. */
export const IndicatorYear = z.object({
  target: z.number().min(1).max(10).nullable(),
  realised: z.number().min(1).max(10).nullable(),
  measuredIn: z.int().optional(),
  /** Of an outside source: how many answered, and when it was held. */
  n: z.int().min(0).nullable().optional(),
  measuredOn: z.iso.date().nullable().optional(),
  met: z.boolean().optional(),
  note: z.string().max(limits.commentLength).optional(),
});
/** A rapportcijfer that is reported on; `channel` says which of our channels measures it, if one does. */
export const Indicator = z
  .object({
    key: Slug,
    name: z.string().min(1).max(200),
    objective: z.string().max(100),
    source: z.string().min(1).max(100),
    unit: z.string().max(100),
    channel: Slug.optional(),
    /** Which of our own ratings it is computed from, where it is not one whole channel; months and days inclusive. */
    filter: z
      .object({
        ...{ channel: keys, touchpoint: keys, location: keys, product: keys },
        ...{ from: MonthDay.optional(), to: MonthDay.optional() },
      })
      .optional(),
    /** Held every so many years. */
    every: z.int().min(1).max(4).optional(),
    years: z.record(z.string().regex(/^20\d\d$/), IndicatorYear),
  })
  .meta({ id: 'Indicator' });
export type Indicator = z.infer<typeof Indicator>;

/** How figures are shown and watched (instellingen van de cijfers). */
export const FigureSettings = z
  .strictObject({
    viewerThreshold: z.int().min(1).max(1000),
    wallboardThreshold: z.int().min(1).max(1000),
    falseAlarmsPerYear: z.number().min(0.1).max(50),
    deskByHour: z.boolean().meta({
      description: 'Whether figures per hour of one touchpoint may be asked: they can single out an employee',
    }),
  })
  .meta({ id: 'FigureSettings' });
export type FigureSettings = z.infer<typeof FigureSettings>;

/** What `npm run settings -- FILE` loads: everything is optional, what is named is added or replaced. */
export const SettingsFile = z.strictObject({
  municipality: z.string().min(1).max(100).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .optional(),
  ...FigureSettings.partial().shape,
  retention: Retention.optional(),
  contacts: Contacts.optional(),
  answerKeys: z.array(Key).optional(),
  /** Days on which nobody is served, besides the official holidays. */
  closedDays: z.array(z.iso.date()).max(400).optional(),
  /** Where a threat in a comment is passed on to; null for nowhere. */
  aggressionAddress: z.email().nullable().optional(),
  /** A lexicon of themes in the form of shared/core/themes/nl.json; null for the one that comes along. */
  themes: z.record(z.string(), z.unknown()).nullable().optional(),
  channels: z.array(z.strictObject(Channel.shape)).optional(),
  touchpoints: z
    .array(
      z.strictObject({
        ...Touchpoint.shape,
        location: Touchpoint.shape.location.default(null),
        /** A new touchpoint asks for a grade; one that is there keeps what it asks. */
        scale: Touchpoint.shape.scale.optional(),
        origins: Touchpoint.shape.origins.default([]),
        trial: z.boolean().default(false),
        retired: z.boolean().default(false),
      }),
    )
    .optional(),
  products: z
    .array(
      z.strictObject({
        ...Product.shape,
        upl: Product.shape.upl.default(null),
        retired: z.boolean().default(false),
      }),
    )
    .optional(),
  targets: z.array(z.strictObject(Target.shape)).optional(),
  indicators: z.array(z.strictObject(Indicator.shape)).optional(),
  serviceNorms: z.array(ServiceNorm).optional(),
});
export type SettingsFile = z.infer<typeof SettingsFile>;
