import { usePageWords } from '../messages/page.ts';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

const catalogues = { nl, en };
export type OutgoingKey = keyof typeof nl;
export const useOutgoingWords = () => usePageWords<OutgoingKey>(catalogues);
