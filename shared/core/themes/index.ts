import { type Lexicon, lexiconSchema } from './lexicon.ts';
import { ThemeMatcher } from './matcher.ts';
import dutch from './nl.json' with { type: 'json' };

/** The lexicon that comes along; a municipality may put its own in its place. */
export const dutchLexicon: Lexicon = lexiconSchema.parse(dutch);

let matcher: ThemeMatcher | undefined;
/** Made when it is first asked for: it takes some milliseconds. */
export function dutchThemes(): ThemeMatcher {
  matcher ??= new ThemeMatcher(dutchLexicon);
  return matcher;
}
