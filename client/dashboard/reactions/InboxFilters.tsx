import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { memo, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { CommentKind } from '#shared/contract/comments.ts';
import { commentKinds, followUpStatuses } from '#shared/contract/lists.ts';
import type { ChoiceProps } from '../../ui/filter-bar/Choice.tsx';
import { FilterBar } from '../../ui/filter-bar/FilterBar.tsx';
import { noFilters, useChoices, useGo } from '../filters/choices.ts';
import { PeriodChoice } from '../filters/PeriodChoice.tsx';
import type { Search } from '../search.ts';
import { themesQuery } from './queries.ts';
import { useReactionWords } from './words.ts';

const pause = 250;

/** The address follows what is typed after a short pause, so that not every letter is a question. */
function SearchField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const { w } = useReactionWords();
  const id = useId();
  const go = useGo();
  const { q = '' } = useSearch({ from: '__root__' });
  const [typed, setTyped] = useState(q);
  // What this field put in the address comes back later than the next letter, and must not replace it.
  const own = useRef<string[]>([]);
  useEffect(() => {
    const at = own.current.indexOf(q);
    if (at < 0) setTyped(q);
    else own.current.splice(0, at + 1);
  }, [q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed or asked starts the clock
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === q) return;
    const timer = setTimeout(() => {
      own.current.push(wanted);
      go({ q: wanted || undefined, open: undefined });
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, q]);
  return (
    <div className="kp-inbox__search">
      <label htmlFor={id}>{w('search.label')}</label>
      <input
        id={id}
        ref={field}
        type="search"
        className="utrecht-textbox"
        aria-describedby={`${id}-help`}
        maxLength={200}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <span id={`${id}-help`} className="kp-hidden">
        {w('search.help')}
      </span>
    </div>
  );
}

/** Period, all usual filters, theme, status and kind, and the search: the address holds it all. */
export const InboxFilters = memo(({ field }: { field: RefObject<HTMLInputElement | null> }) => {
  const { t, w, language } = useReactionWords();
  const search = useSearch({ from: '__root__' });
  const go = useGo();
  const { choices } = useChoices();
  const { data } = useQuery(themesQuery);
  const words = (kind: 'theme' | 'status' | 'kind') => ({
    all: w(`filter.${kind}.all`),
    several: (n: number) => w(`filter.${kind}.several`, { n }),
    clear: t('filter.clearOne'),
  });
  const change = (next: Partial<Search>) => go({ ...next, open: undefined });
  const own: ChoiceProps[] = [
    {
      name: w('filter.theme'),
      options: (data?.items ?? []).map(({ key, label }) => ({ key, text: label[language] })),
      chosen: search.theme ?? [],
      words: words('theme'),
      onChange: (keys) => change({ theme: keys.length > 0 ? keys : undefined }),
    },
    {
      name: w('filter.status'),
      options: followUpStatuses.map((key) => ({ key, text: w(`status.${key}`) })),
      chosen: search.status ?? [],
      words: words('status'),
      onChange: (keys) => change({ status: keys.length > 0 ? (keys as Search['status']) : undefined }),
    },
    {
      name: w('filter.kind'),
      options: commentKinds.map((key) => ({ key, text: w(`kind.${key}`) })),
      chosen: search.kind ? [search.kind] : [],
      words: words('kind'),
      // One kind at a time: the last that was ticked.
      onChange: (keys) => change({ kind: keys.at(-1) as CommentKind | undefined }),
    },
  ];
  return (
    <div className="kp-inbox__filters kp-screen">
      <SearchField field={field} />
      <FilterBar
        period={<PeriodChoice />}
        choices={[...own, ...choices]}
        words={{
          label: t('filter.label'),
          more: (n) => (n > 0 ? t('filter.more.set', { n }) : t('filter.more')),
          clear: t('filter.clear'),
        }}
        onClear={() => change({ ...noFilters, theme: undefined, status: undefined, kind: undefined })}
      />
    </div>
  );
});
