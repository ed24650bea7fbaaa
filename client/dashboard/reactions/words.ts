import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { filled, type Language, type Values } from '../messages/messages.ts';
import { useWords, type Words } from '../messages/words.tsx';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';
import { themesQuery } from './queries.ts';

export type ReactionKey = keyof typeof nl;
export type ReactionMessages = Record<ReactionKey, string>;
export const reactionCatalogues: Record<Language, ReactionMessages> = { nl, en };

export interface ReactionWords extends Words {
  w: (key: ReactionKey, values?: Values) => string;
  /** "3 nov, 14.05" */
  moment: (at: string) => string;
  /** The name of a theme, where it is still in the lexicon. */
  theme: (key: string) => string;
}

export function useReactionWords(): ReactionWords {
  const words = useWords();
  const { data } = useQuery(themesQuery);
  return useMemo(() => {
    const catalogue = reactionCatalogues[words.language];
    const names = new Map(data?.items.map(({ key, label }) => [key, label[words.language]]));
    return {
      ...words,
      w: (key, values) => filled(catalogue[key], values),
      moment: (at) => `${words.dayAndMonth(at)}, ${words.time(Date.parse(at))}`,
      theme: (key) => names.get(key)?.toLowerCase() ?? key,
    };
  }, [words, data]);
}
