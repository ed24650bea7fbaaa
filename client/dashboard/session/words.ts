import { usePageWords } from '../messages/page.ts';
import { en } from './messages/en.ts';
import { nl } from './messages/nl.ts';

const catalogues = { nl, en };
export const useSessionWords = () => usePageWords<keyof typeof nl>(catalogues);
