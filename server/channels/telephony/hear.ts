import type { SimulatedAnswer } from '#shared/contract/telephony.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string => text.replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole);
const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plain(found[1]!) : null;
};

/** What a caller hears from a document of this program, and what the line waits for. */
export function hear(document: string): SimulatedAnswer {
  const heard = [...document.matchAll(/<(Say|Play)([^>]*)>([^<]*)<\/\1>/g)].map(
    ([, verb, attributes = '', content = '']) => ({
      language: attribute(attributes, 'language'),
      text: verb === 'Say' ? plain(content) : null,
      recording: verb === 'Play' ? plain(content) : null,
    }),
  );
  const tag = /<Gather[^>]*>/.exec(document)?.[0];
  const gather = tag
    ? {
        action: attribute(tag, 'action') ?? '',
        digits: Number(attribute(tag, 'numDigits')),
        finishOnKey: attribute(tag, 'finishOnKey') ?? '#',
        timeout: Number(attribute(tag, 'timeout')),
      }
    : null;
  return { heard, gather, document };
}

export interface Keying {
  /** What is sent; null: nothing was pressed in time. */
  digits: string | null;
  rest: string;
  hangUp: boolean;
}

/** What a caller who presses these keys gives a line that waits: `,` is waiting, `h` hanging up. */
export function press(keys: string, gather: { digits: number; finishOnKey: string }): Keying {
  let digits = '';
  for (const [place, key] of [...keys].entries()) {
    const rest = keys.slice(place + 1);
    if (key === 'h') return { digits: null, rest, hangUp: true };
    if (key === ',' || key === gather.finishOnKey) return { digits: digits || null, rest, hangUp: false };
    digits += key;
    if (digits.length >= gather.digits) return { digits, rest, hangUp: false };
  }
  return { digits: digits || null, rest: '', hangUp: false };
}
