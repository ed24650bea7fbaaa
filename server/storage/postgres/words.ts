import { type Sought, wordsOf } from '#shared/core/words/search.ts';

/** Of a word that is longer than any word its beginning. */
const longest = 200;
/** Roots are letters and digits only, so nothing in them means anything to the engine. */
const quoted = (root: string): string => `'${root.slice(0, longest).replaceAll(/['\\]/g, '')}'`;

/**
 * The words of a text by their stem, with their places: the same Dutch stems as on SQLite. The engine's own Dutch
 * configuration leaves words like "geen" out, and whoever looks for "geen klacht" means them.
 */
export function vectorOf(text: string): string {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const root of wordsOf(text).split(' ')) {
    if (root === '') continue;
    const known = places.get(root);
    place++;
    if (known) known.push(place);
    else places.set(root, [place]);
  }
  return [...places].map(([root, at]) => `${quoted(root)}:${at.slice(0, 200).join(',')}`).join(' ');
}

/** What is sought, for the engine: roots beside each other, or a word that begins so. */
export const queryOf = (sought: readonly Sought[]): string =>
  sought
    .map(({ roots, start }) => {
      const beside = roots.map(quoted).join(' <-> ');
      return start === null ? `(${beside})` : `(${beside} | ${quoted(start)}:*)`;
    })
    .join(' & ');
