import { usePageWords } from '../messages/page.ts';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

const catalogues = { nl, en };
export const useSpreadWords = () => usePageWords<keyof typeof nl>(catalogues);
export type SpreadWords = ReturnType<typeof useSpreadWords>;
