import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ThemeChange } from '#shared/contract/themes.ts';
import { CommentsLink } from '../now/CommentsLink.tsx';
import { TableFrame } from '../now/TableFrame.tsx';
import { narrowingOf } from '../search.ts';
import { themesQuery } from './queries.ts';
import type { Question } from './question.ts';
import { useWhyWords } from './words.ts';

const few = 6;

const weight = ({ fromShare, fromGrade }: ThemeChange) =>
  Math.max(Math.abs(fromShare?.value ?? 0), Math.abs(fromGrade?.value ?? 0));

/** Proven ones first, then what moved most. */
export const inOrder = (themes: readonly ThemeChange[]): ThemeChange[] =>
  themes
    .filter(({ base, current }) => base.n + current.n > 0)
    .sort((a, b) => Number(b.claimed) - Number(a.claimed) || weight(b) - weight(a));

/** How often people write about what, with what grade, and how much that adds to the change. */
export function Themes({ question }: { question: Question }) {
  const { w, t, share, grade, signed, margin, language } = useWhyWords();
  const search = useSearch({ from: '__root__' });
  const { data } = useQuery(themesQuery(question, narrowingOf(search)));
  const [open, setOpen] = useState(false);
  const themes = inOrder(data ?? []);
  if (themes.length === 0) return null;

  const mentioned = ({ share: found }: ThemeChange['base']) =>
    found === null ? (
      t('figure.missing')
    ) : (
      <>
        {share(found.value)}{' '}
        <span className="kp-table__soft">
          {t('figure.between', { low: share(found.low), high: share(found.high) })}
        </span>
      </>
    );
  const adds = (found: ThemeChange['fromShare'], claimed: boolean) => {
    if (found === null) return t('figure.missing');
    const half = margin((found.high - found.low) / 2);
    const sure = claimed && (found.low > 0 || found.high < 0);
    const value = signed(found.value);
    return (
      <>
        {sure ? <strong>{value}</strong> : value}{' '}
        <span className="kp-table__soft">{t('figure.margin', { margin: half })}</span>
      </>
    );
  };

  return (
    <section className="kp-why__themes" aria-labelledby="themes">
      <h2 id="themes" className="kp-why__title">
        {w('themes.title')}
      </h2>
      <p className="kp-why__help">{w('themes.help')}</p>
      <TableFrame caption={w('themes.caption')}>
        <thead>
          <tr>
            {(['name', 'base', 'current', 'grade', 'fromShare', 'fromGrade'] as const).map((head) => (
              <th key={head} scope="col">
                {w(`themes.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(open ? themes : themes.slice(0, few)).map((theme) => (
            <tr key={theme.key}>
              <th scope="row">
                {theme.label[language]}{' '}
                {theme.current.n > 0 && (
                  <CommentsLink
                    under={{ ...question.current, theme: [theme.key] }}
                    about={theme.label[language]}
                  />
                )}
              </th>
              <td data-name={w('themes.base')}>{mentioned(theme.base)}</td>
              <td data-name={w('themes.current')}>{mentioned(theme.current)}</td>
              <td data-name={w('themes.grade')}>
                {w('themes.to', {
                  base: grade(theme.base.mean?.value),
                  current: grade(theme.current.mean?.value),
                })}
              </td>
              <td data-name={w('themes.fromShare')}>{adds(theme.fromShare, theme.claimed)}</td>
              <td data-name={w('themes.fromGrade')}>{adds(theme.fromGrade, theme.claimed)}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {themes.length > few && !open && (
        <button type="button" className="kp-quiet kp-screen" onClick={() => setOpen(true)}>
          {w('themes.more', { n: themes.length })}
        </button>
      )}
    </section>
  );
}
