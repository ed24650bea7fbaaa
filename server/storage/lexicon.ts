import { dutchLexicon } from '#shared/core/themes/index.ts';
import { type Lexicon, lexiconSchema } from '#shared/core/themes/lexicon.ts';
import { ThemeMatcher } from '#shared/core/themes/matcher.ts';

let made: { of: unknown; text: string; lexicon: Lexicon; matcher: ThemeMatcher } | null = null;

/** The lexicon of the municipality where it has one, made into a matcher once: it takes some milliseconds. */
export function lexiconOf(themes: unknown): { lexicon: Lexicon; matcher: ThemeMatcher } {
  if (made !== null && made.of === themes) return made;
  const text = JSON.stringify(themes);
  if (made !== null && made.text === text) return Object.assign(made, { of: themes });
  const lexicon = themes === null ? dutchLexicon() : lexiconSchema.parse(themes);
  made = { of: themes, text, lexicon, matcher: new ThemeMatcher(lexicon) };
  return made;
}
