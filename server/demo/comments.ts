import { dayOfDate } from '#shared/core/calendar.ts';
import type { Cause } from './causes.ts';
import balie from './comments/balie.json' with { type: 'json' };
import common from './comments/common.json' with { type: 'json' };
import digitaal from './comments/digitaal.json' with { type: 'json' };
import english from './comments/english.json' with { type: 'json' };
import byProduct from './comments/products.json' with { type: 'json' };
import telefoon from './comments/telefoon.json' with { type: 'json' };
import web from './comments/web.json' with { type: 'json' };
import { pick, type Random } from './random.ts';

type Mood = 'low' | 'middle' | 'high';
type Sentences = Partial<Record<Mood, readonly string[]>>;
type Setting = 'people' | 'pages';

const products: Readonly<Record<string, { any?: Sentences; desk?: Sentences; online?: Sentences }>> =
  byProduct;
const slots: Readonly<Record<string, readonly string[]>> = common.slots;

/** How people speak of a channel, and how often they name the product there. */
const channels: Readonly<Record<string, { setting: Setting; sentences: Sentences; aboutProduct: number }>> = {
  balie: { setting: 'people', sentences: balie, aboutProduct: 0.4 },
  telefoon: { setting: 'people', sentences: telefoon, aboutProduct: 0.2 },
  digitaal: { setting: 'pages', sentences: digitaal, aboutProduct: 0.45 },
  web: { setting: 'pages', sentences: web, aboutProduct: 0.15 },
};

const moodOf = (grade: number): Mood => (grade <= 5 ? 'low' : grade <= 7 ? 'middle' : 'high');

/** `{name}` in a sentence stands for one of several ways to say it. */
const fill = (random: Random, sentence: string): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const ways = slots[name];
    return ways ? pick(random, ways) : whole;
  });

export interface Context {
  day: number;
  channel: string;
  product: string | null;
  language: string;
  grade: number;
  causes: readonly Cause[];
}

/** What became better is soon taken for granted; what annoys keeps annoying. */
function chanceOfNaming(cause: Cause, day: number): number {
  const halfLife = cause.size > 0 && cause.kind === 'within' ? 90 : 720;
  return 0.55 * 0.5 ** ((day - dayOfDate(cause.from)) / halfLife);
}

function aboutCause(random: Random, context: Context, mood: Mood): string | null {
  for (const cause of context.causes) {
    const improves = cause.kind === 'within' && cause.size > 0;
    const fits = mood !== (improves ? 'low' : 'high');
    const isTheirs = cause.opens?.products?.includes(context.product ?? '') ?? true;
    if (fits && isTheirs && random.next() < chanceOfNaming(cause, context.day))
      return pick(random, cause.comments);
  }
  return null;
}

function aboutService(random: Random, context: Context, mood: Mood): string {
  const channel = channels[context.channel];
  const product = products[context.product ?? ''];
  const here = channel?.setting === 'people' ? product?.desk : product?.online;
  const named = [...(product?.any?.[mood] ?? []), ...(here?.[mood] ?? [])];
  if (named.length > 0 && random.next() < (channel?.aboutProduct ?? 0)) return pick(random, named);
  return pick(random, channel?.sentences[mood] ?? common[mood]);
}

/** People type as they type: often without capital or full stop. */
function asTyped(random: Random, text: string): string {
  const style = random.next();
  if (style < 0.12) return text.toLowerCase().replace(/\.$/, '');
  return style < 0.3 ? text.replace(/\.$/, '') : text;
}

/** A comment that fits grade, channel, product and what is going on; `null` in a language that we cannot write. */
export function writeComment(random: Random, context: Context): string | null {
  const mood = moodOf(context.grade);
  if (context.language === 'en')
    return pick(random, english[channels[context.channel]?.setting ?? 'pages'][mood]);
  if (context.language !== 'nl') return null;
  const main = fill(random, aboutCause(random, context, mood) ?? aboutService(random, context, mood));
  if (random.next() < 0.012) return `${main} ${pick(random, common.personal)}`;
  return asTyped(random, random.next() < 0.25 ? `${main} ${pick(random, common[mood])}` : main);
}
