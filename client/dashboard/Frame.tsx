import { Outlet, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { languageFor, rememberLanguage } from './messages/language.ts';
import { WordsProvider } from './messages/words.tsx';

/** Around every page: its language. */
export function Frame() {
  const { taal } = useSearch({ from: '__root__' });
  useEffect(() => {
    if (taal) rememberLanguage(taal);
  }, [taal]);
  return (
    <WordsProvider language={languageFor(taal)}>
      <Outlet />
    </WordsProvider>
  );
}
