import { limits } from '#shared/contract/limits.ts';
import { usePageWords } from '../messages/page.ts';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';
import './glossary.css';

const catalogues = { nl, en };
type Asked<Key> = Key extends `${infer Term}.q` ? Term : never;
export type Term = Asked<keyof typeof nl>;

/** What the words on a page mean, each folded under its question; printed whole, because paper cannot be opened. */
export function Glossary({ of }: { of: readonly Term[] }) {
  const { w } = usePageWords(catalogues);
  return (
    <section className="kp-glossary" aria-labelledby="glossary">
      <h2 id="glossary" className="kp-glossary__title">
        {w('title')}
      </h2>
      {of.map((term) => (
        <details key={term} className="kp-glossary__term">
          <summary>{w(`${term}.q`)}</summary>
          <p>{w(`${term}.a`, { few: limits.indicative, enough: limits.enough })}</p>
        </details>
      ))}
    </section>
  );
}
