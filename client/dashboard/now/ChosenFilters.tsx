import { useSearch } from '@tanstack/react-router';
import { useWords } from '../messages/words.tsx';
import type { NowFigures } from './useFigures.ts';

/** On paper there is no filter bar: what the figures are about stands in words. */
export function ChosenFilters({ figures }: { figures: NowFigures }) {
  const { t, names } = useWords();
  const search = useSearch({ from: '__root__' });
  const { channels, touchpoints, products } = figures;
  const nameIn = (items: readonly { key: string; name: string }[]) => (key: string) =>
    items.find((item) => item.key === key)?.name ?? key;
  const chosen = [
    search.channel?.map(nameIn(channels)),
    search.touchpoint?.map(nameIn(touchpoints)),
    search.location,
    search.product?.map(nameIn(products)),
    search.marked && [t('filter.marked').toLowerCase()],
  ].filter((each) => each !== undefined);
  if (chosen.length === 0) return null;
  return <p className="kp-print">{t('filter.chosen', { what: chosen.map(names).join(' · ') })}</p>;
}
