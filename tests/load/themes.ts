import { readFileSync } from 'node:fs';
import { dutchLexicon } from '#shared/core/themes/index.ts';
import { lexiconSchema } from '#shared/core/themes/lexicon.ts';
import { ThemeMatcher } from '#shared/core/themes/matcher.ts';
import { type Labelled, type Measured, measure, type Score, themesIn } from '#shared/core/themes/measure.ts';

/** Prints how well the theme lexicon, or another in a file, finds what people see in the labelled sentences. */
const help = `Precision and recall of the theme lexicon on the labelled sentences.

  node tests/load/themes.ts                     both halves
  node tests/load/themes.ts unseen              one half: seen (used to make the lexicon) or unseen (not used)
  node tests/load/themes.ts --wrong seen        and every sentence that it has wrong
  node tests/load/themes.ts --lexicon FILE      another lexicon`;

const halves = ['seen', 'unseen'];
const args = process.argv.slice(2);
const fileAt = args.indexOf('--lexicon');
const [, file] = fileAt < 0 ? [] : args.splice(fileAt, 2);
const asked = args.filter((arg) => !arg.startsWith('--'));
const wrong = args.includes('--wrong');
const known = args.every((arg) => arg === '--wrong' || halves.includes(arg));
if (!known || (fileAt >= 0 && !file)) {
  console.log(help);
  process.exit(args.includes('--help') ? 0 : 1);
}

const lexicon = file ? lexiconSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : dutchLexicon();
const matcher = new ThemeMatcher(lexicon);

const share = (value: number | null) => (value === null ? '–' : value.toFixed(2)).padStart(9);
const line = (name: string, { right, tooMuch, missed, precision, recall }: Score) =>
  `${name.padEnd(18)}${share(precision)}${share(recall)}${String(right + missed).padStart(9)}${String(tooMuch).padStart(9)}${String(missed).padStart(9)}`;

function print(half: string, { sentences, whole, themes, overall }: Measured): void {
  console.log(`\n${half}: ${sentences} sentences, ${whole} of them wholly right`);
  console.log('theme             precision   recall mentions too much   missed');
  for (const score of themes) console.log(line(score.theme, score));
  console.log(line('all together', overall));
}

function printWrong(labelled: Labelled): void {
  for (const [text, labels] of Object.entries(labelled)) {
    const wanted = themesIn(labels);
    const found = matcher.mentions(text);
    const missed = wanted.filter((theme) => !found.some((mention) => mention.theme === theme));
    const tooMuch = found.filter(({ theme }) => !wanted.includes(theme));
    if (missed.length + tooMuch.length === 0) continue;
    const extra = tooMuch.map(({ theme, words }) => `+${theme} (${words})`);
    console.log(`  ${[...missed.map((theme) => `-${theme}`), ...extra].join(' ')}: ${text}`);
  }
}

for (const half of asked.length > 0 ? asked : halves) {
  const path = new URL(`../../shared/core/themes/labelled/${half}.json`, import.meta.url);
  const labelled: Labelled = JSON.parse(readFileSync(path, 'utf8'));
  print(half, measure(matcher, labelled));
  if (wrong) printWrong(labelled);
}
