import type { Term } from '#shared/contract/explanation.ts';
import { distinguish } from '#shared/core/words/distinguish.ts';
import type { Reader } from '../storage/port.ts';
import type { Selection } from '../storage/selection.ts';

/** Comments that are read per period; more are sampled evenly. */
const most = 5000;
const shown = 12;
const examplesEach = 3;
/** An onvoldoende: what goes with these grades is what people complain about. */
const low = 5;

/** Words that go with low grades more often in the new period than in the old. */
export async function termsOf(
  reader: Reader,
  { base, current }: { base: Selection; current: Selection },
  examples: boolean,
): Promise<Term[]> {
  const complaints = async (selection: Selection) => {
    const { keep: _, ...query } = selection.query();
    const rows = await reader.comments({ ...query, most });
    return rows.filter(({ grade }) => grade !== null && grade <= low).map(({ text }) => text);
  };
  const [before, now] = [await complaints(base), await complaints(current)];
  const documents = (texts: string[], from: number) => texts.map((text, i) => ({ id: from + i, text }));
  const found = distinguish(documents(now, 0), documents(before, now.length), {
    limit: shown,
    examples: examplesEach,
  });
  return found
    .filter(({ z }) => z > 0)
    .map(({ term, z, n, docs }) => ({
      term,
      z,
      n,
      examples: examples ? docs.map((id) => now[id] ?? '').filter(Boolean) : [],
    }));
}
