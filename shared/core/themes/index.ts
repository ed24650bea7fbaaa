import { type Lexicon, lexiconSchema } from './lexicon.ts';
import { ThemeMatcher } from './matcher.ts';
import dutch from './nl.json' with { type: 'json' };

/** As it stands in its file: what tells one edition from another. */
export const dutchEdition: unknown = dutch;

let lexicon: Lexicon | undefined;
/** The lexicon that comes along; a municipality may put its own in its place. Checked when it is first asked for. */
export function dutchLexicon(): Lexicon {
  lexicon ??= lexiconSchema.parse(dutch);
  return lexicon;
}

let matcher: ThemeMatcher | undefined;
/** Made when it is first asked for: it takes some milliseconds. */
export function dutchThemes(): ThemeMatcher {
  matcher ??= new ThemeMatcher(dutchLexicon());
  return matcher;
}
