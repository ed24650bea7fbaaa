import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChoiceProps } from '../../ui/filter-bar/Choice.tsx';
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
  /** What is doubted counts, unless somebody says otherwise. */
  const more: ChoiceProps = {
    name: t('filter.rest'),
    options: [{ key: 'exclude', text: t('filter.marked') }],
    chosen: marked ? [marked] : [],
    always: true,
    words: { all: t('filter.rest'), several: String, clear: t('filter.clearOne') },
    onChange: ([chosen]) => go({ marked: chosen === 'exclude' ? chosen : undefined }),
  };
  return (
    <FilterBar
      period={period}
      choices={[
        ...choices.filter((_, index) => !without.some((kind) => filterKinds[index] === kind)),
        ...(without.includes('marked') ? [] : [more]),
      ]}
      words={{
        label: t('filter.label'),
        more: (n) => (n > 0 ? t('filter.more.set', { n }) : t('filter.more')),
        clear: t('filter.clear'),
      }}
      onClear={() => go(noFilters)}
    />
  );
}
