import { useNavigate, useSearch } from '@tanstack/react-router';
import { runningPeriods } from '#shared/contract/live.ts';
import type { ChoiceProps } from '../../ui/filter-bar/Choice.tsx';
import { FilterBar } from '../../ui/filter-bar/FilterBar.tsx';
import { PeriodPicker } from '../../ui/period-picker/PeriodPicker.tsx';
import { useWords } from '../messages/words.tsx';
import type { Search } from '../search.ts';
import type { NowFigures } from './useFigures.ts';

type Kind = 'channel' | 'touchpoint' | 'location' | 'product';
const noFilters = { channel: undefined, touchpoint: undefined, location: undefined, product: undefined };

/** Period and filters; the address holds them, so that a view can be kept and sent. */
export function NowFilters({ figures }: { figures: NowFigures }) {
  const { t } = useWords();
  const search = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const go = (change: Partial<Search>) => navigate({ to: '/', search: { ...search, ...change } });
  const { channels, touchpoints, products, period, range } = figures;

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
    <FilterBar
      period={
        <PeriodPicker
          value={period}
          running={runningPeriods.map((key) => ({ key, text: t(`period.${key}`) }))}
          range={range}
          words={{
            legend: t('period.legend'),
            choose: t('period.choose'),
            from: t('period.from'),
            to: t('period.to'),
            show: t('period.show'),
            order: t('period.order'),
          }}
          onChange={(value) =>
            go(
              typeof value === 'string'
                ? { period: value, from: undefined, to: undefined }
                : { period: undefined, ...value },
            )
          }
        />
      }
      choices={[choice('channel'), choice('touchpoint'), choice('location'), choice('product')]}
      words={{
        label: t('filter.label'),
        more: (n) => (n > 0 ? t('filter.more.set', { n }) : t('filter.more')),
        clear: t('filter.clear'),
      }}
      onClear={() => go(noFilters)}
    />
  );
}
