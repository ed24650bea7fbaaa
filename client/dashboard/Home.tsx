import { useSearch } from '@tanstack/react-router';
import { lazy } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { NowPage } from './now/NowPage.tsx';

const Wallboard = lazy(async () => ({ default: (await import('./wallboard/Wallboard.tsx')).Wallboard }));

/** The figures of now, for a person or for the screen in the hall. */
export function Home({ account }: { account: Account }) {
  const { wallboard } = useSearch({ from: '__root__' });
  return wallboard === undefined ? <NowPage account={account} /> : <Wallboard account={account} />;
}
