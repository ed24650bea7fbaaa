import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { dateOfDay } from '#shared/core/calendar.ts';
import type { ChoiceProps } from '../../ui/filter-bar/Choice.tsx';
import { FilterBar } from '../../ui/filter-bar/FilterBar.tsx';
import { channelsQuery, productsQuery, touchpointsQuery } from '../api/queries.ts';
import type { Search } from '../search.ts';
import { Dimensions } from './Dimensions.tsx';
import { noPeriods, PeriodsForm } from './PeriodsForm.tsx';
import type { Question } from './question.ts';
import { useWhyWords } from './words.ts';
import './filters.css';

type Kind = 'channel' | 'touchpoint' | 'location' | 'product';
const kinds: readonly Kind[] = ['channel', 'touchpoint', 'location', 'product'];
const noFilters = { channel: undefined, touchpoint: undefined, location: undefined, product: undefined };
const none: never[] = [];

/** The names of what can be chosen, and of what is. */
export function useChoices() {
  const search = useSearch({ from: '__root__' });
  const channels = useQuery(channelsQuery).data ?? none;
  const touchpoints = useQuery(touchpointsQuery).data ?? none;
  const products = useQuery(productsQuery).data ?? none;
  const named = (items: readonly { key: string; name: string }[]) =>
    items.map(({ key, name }) => ({ key, text: name }));
  const inChannels = touchpoints.filter(
    (each) => !each.retired && (!search.channel || search.channel.includes(each.channel)),
  );
  const locations = [...new Set(touchpoints.flatMap(({ location }) => location ?? []))].sort();
  const options = {
    channel: named(channels),
    touchpoint: named(inChannels),
    location: locations.map((name) => ({ key: name, text: name })),
    product: named(products.filter(({ retired }) => !retired)),
  };
  const chosen = kinds.flatMap((kind) =>
    (search[kind] ?? []).map((key) => options[kind].find((option) => option.key === key)?.text ?? key),
  );
  return { options, chosen };
}

/** Periods, filters and what to split by; the address holds them, so that an explanation can be kept and sent. */
export function WhyFilters({ question, today }: { question: Question; today: number }) {
  const { t } = useWhyWords();
  const search = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const go = (change: Partial<Search>) =>
    navigate({ to: '/waarom', search: { ...search, ...change }, resetScroll: false });
  const { options } = useChoices();

  const choice = (kind: Kind): ChoiceProps => ({
    name: t(`filter.${kind}`),
    options: options[kind],
    chosen: search[kind] ?? [],
    words: {
      all: t(`filter.${kind}.all`),
      several: (n) => t(`filter.${kind}.several`, { n }),
      clear: t('filter.clearOne'),
    },
    onChange: (chosen) =>
      go({
        [kind]: chosen.length > 0 ? chosen : undefined,
        // A touchpoint belongs to a channel: another channel makes the choice of touchpoints void.
        ...(kind === 'channel' ? { touchpoint: undefined } : {}),
      }),
  });

  return (
    <div className="kp-why__filters kp-screen">
      <PeriodsForm
        question={question}
        today={dateOfDay(today)}
        date={search.date}
        weeks={search.weeks}
        onChange={(change) => go({ ...noPeriods, ...change })}
      />
      <FilterBar
        period={null}
        choices={kinds.map(choice)}
        words={{
          label: t('filter.label'),
          more: (n) => (n > 0 ? t('filter.more.set', { n }) : t('filter.more')),
          clear: t('filter.clear'),
        }}
        onClear={() => go(noFilters)}
      />
      <Dimensions chosen={question.by} onChange={(by) => go({ by })} />
    </div>
  );
}
