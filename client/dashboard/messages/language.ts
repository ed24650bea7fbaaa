import { type Language, languages } from './messages.ts';

const place = 'klantpuls.taal';
export const isLanguage = (text: unknown): text is Language =>
  languages.some((language) => language === text);

/** Storage can be switched off in a browser; then the choice lasts as long as the address holds it. */
function remembered(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(place, language);
  } catch {
    // See above.
  }
}

/** The address first, then what was chosen before, then what the browser prefers; Dutch when none of these is ours. */
export function languageFor(asked: string | undefined): Language {
  const wishes = [asked, remembered(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wishes.find(isLanguage) ?? 'nl';
}
