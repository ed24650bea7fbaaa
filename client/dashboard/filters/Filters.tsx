import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FilterBar } from '../../ui/filter-bar/FilterBar.tsx';
import { useWords } from '../messages/words.tsx';
import { type FilterKind, filterKinds, noFilters, useChoices, useGo } from './choices.ts';

/** What is counted; before it stands which period, where a page has one. */
export function Filters({
  period = null,
  without = [],
}: {
  period?: ReactNode;
  /** What a page cannot narrow by. */
  without?: readonly (FilterKind | 'marked')[];
}) {
  const { t } = useWords();
  const go = useGo();
  const { choices } = useChoices();
  const { marked } = useSearch({ from: '__root__' });
  return (
    <FilterBar
      period={period}
      choices={choices.filter((_, index) => !without.some((kind) => filterKinds[index] === kind))}
      tick={
        without.includes('marked')
          ? undefined
          : {
              text: t('filter.marked'),
              on: marked === 'exclude',
              onChange: (on) => go({ marked: on ? 'exclude' : undefined }),
            }
      }
      words={{
        label: t('filter.label'),
        more: (n) => (n > 0 ? t('filter.more.set', { n }) : t('filter.more')),
        clear: t('filter.clear'),
      }}
      onClear={() => go(noFilters)}
    />
  );
}
