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
  without?: readonly FilterKind[];
}) {
  const { t } = useWords();
  const go = useGo();
  const { choices } = useChoices();
  return (
    <FilterBar
      period={period}
      choices={choices.filter((_, index) => !without.some((kind) => filterKinds[index] === kind))}
      words={{
        label: t('filter.label'),
        more: (n) => (n > 0 ? t('filter.more.set', { n }) : t('filter.more')),
        clear: t('filter.clear'),
      }}
      onClear={() => go(noFilters)}
    />
  );
}
