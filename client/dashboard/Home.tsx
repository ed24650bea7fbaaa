import { useSearch } from '@tanstack/react-router';
import { NowPage } from './now/NowPage.tsx';
import { SignedIn } from './SignedIn.tsx';
import { Wallboard } from './wallboard/Wallboard.tsx';

/** The first page: to sign in, or the figures of now. */
export function Home() {
  const { wallboard } = useSearch({ from: '__root__' });
  return (
    <SignedIn>
      {(account) =>
        wallboard === undefined ? <NowPage account={account} /> : <Wallboard account={account} />
      }
    </SignedIn>
  );
}
