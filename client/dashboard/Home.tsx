import { useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import { NowPage } from './now/NowPage.tsx';
import { Wallboard } from './wallboard/Wallboard.tsx';

/** The figures of now, for a person or for the screen in the hall. */
export function Home({ account }: { account: Account }) {
  const { wallboard } = useSearch({ from: '__root__' });
  return wallboard === undefined ? <NowPage account={account} /> : <Wallboard account={account} />;
}
