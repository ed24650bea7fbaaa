import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ChoiceProps } from '../../ui/filter-bar/Choice.tsx';
import { channelsQuery, productsQuery, touchpointsQuery } from '../api/queries.ts';
import { useWords } from '../messages/words.tsx';
import type { Search } from '../search.ts';

export const filterKinds = ['channel', 'touchpoint', 'location', 'product', 'language'] as const;
export type FilterKind = (typeof filterKinds)[number];
export const noFilters = {
  channel: undefined,
  touchpoint: undefined,
  location: undefined,
  product: undefined,
  language: undefined,
  marked: undefined,
} satisfies Partial<Search>;
const none: never[] = [];

/** A change of the address that keeps the rest of it; the page stays where it is. */
export function useGo() {
  const navigate = useNavigate();
  return useCallback(
    (change: Partial<Search>) =>
      navigate({ to: '.', search: (search) => ({ ...search, ...change }), resetScroll: false }),
    [navigate],
  );
}

/** What can be chosen by its name, what is chosen, and how to choose it. The address holds it all. */
export function useChoices() {
  const { t, languageName } = useWords();
  const search = useSearch({ from: '__root__' });
  const go = useGo();
  const channels = useQuery(channelsQuery).data ?? none;
  const touchpoints = useQuery(touchpointsQuery).data ?? none;
  const products = useQuery(productsQuery).data ?? none;
  const options = useMemo<Record<FilterKind, { key: string; text: string }[]>>(() => {
    const named = (items: readonly { key: string; name: string }[]) =>
      items.map(({ key, name }) => ({ key, text: name }));
    const inChannels = touchpoints.filter(
      (each) => !each.retired && (!search.channel || search.channel.includes(each.channel)),
    );
    const locations = [...new Set(touchpoints.flatMap(({ location }) => location ?? []))].sort();
    return {
      channel: named(channels),
      touchpoint: named(inChannels),
      location: locations.map((name) => ({ key: name, text: name })),
      product: named(products.filter(({ retired }) => !retired)),
      // Chosen from a figure about languages, not from the bar: few ratings tell one.
      language: (search.language ?? []).map((key) => ({ key, text: languageName(key) })),
    };
  }, [channels, touchpoints, products, search.channel, search.language, languageName]);
  const chosen = filterKinds.flatMap((kind) =>
    (search[kind] ?? []).map((key) => options[kind].find((option) => option.key === key)?.text ?? key),
  );
  const choices = filterKinds.map(
    (kind): ChoiceProps => ({
      name: t(`filter.${kind}`),
      options: options[kind],
      chosen: search[kind] ?? [],
      words: {
        all: t(`filter.${kind}.all`),
        several: (n) => t(`filter.${kind}.several`, { n }),
        clear: t('filter.clearOne'),
      },
      onChange: (keys) =>
        go({
          [kind]: keys.length > 0 ? keys : undefined,
          // A touchpoint belongs to a channel: another channel makes the choice of touchpoints void.
          ...(kind === 'channel' ? { touchpoint: undefined } : {}),
        }),
    }),
  );
  return { options, chosen, choices };
}
