import { Link, useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import type { Explanation } from '#shared/contract/explanation.ts';
import { may } from '#shared/contract/permissions.ts';
import type { Range } from '../figures/period.ts';
import { figureSearch } from '../search.ts';
import { useWhyWords } from './words.ts';

const most = 6;
const each = 2;

/** What people wrote: the words of low grades that are new or more frequent, with examples where those may be read. */
export function Terms({
  account,
  terms,
  current,
}: {
  account: Account;
  terms: Explanation['terms'];
  current: Range;
}) {
  const { w, whole } = useWhyWords();
  const search = useSearch({ from: '__root__' });
  if (terms.length === 0) return null;
  // Many write nearly the same, and one comment holds several of the words: each beginning is quoted once.
  const quoted = new Set<string>();
  const examplesOf = (examples: readonly string[]) => {
    const fresh: string[] = [];
    for (const text of examples) {
      const start = text.slice(0, 30).toLowerCase();
      if (fresh.length < each && !quoted.has(start)) fresh.push(text);
      quoted.add(start);
    }
    return fresh;
  };
  return (
    <section className="kp-why__terms" aria-labelledby="terms">
      <h2 id="terms" className="kp-why__title">
        {w('terms.title')}
      </h2>
      <p className="kp-why__help">{w('terms.help')}</p>
      <ul>
        {terms.slice(0, most).map(({ term, n, examples }) => (
          <li key={term}>
            {may(account.role, 'comments') ? (
              <Link
                to="/reacties"
                search={{ ...figureSearch(search), period: undefined, ...current, q: term }}
              >
                <strong>{term}</strong>
              </Link>
            ) : (
              <strong>{term}</strong>
            )}{' '}
            <span className="kp-why__soft">
              {n === 1 ? w('terms.count.one') : w('terms.count.some', { n: whole(n) })}
            </span>
            {examplesOf(examples).map((text) => (
              <q key={text}>{text}</q>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
