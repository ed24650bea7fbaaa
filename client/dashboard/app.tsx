import '../ui/theme/index.css';
import './dashboard.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient, sessionQuery } from './api/queries.ts';
import { places } from './places.ts';
import { router } from './router.tsx';

/** Puts the page of this address in the place of what the HTML holds. */
export async function start(root: HTMLElement): Promise<void> {
  // The HTML holds the shape of a page, which stays until there is something to put in its place: who is signed in,
  // and the script of this page, are asked for at once.
  const here = places.find(({ path }) => path === location.pathname);
  await Promise.allSettled([queryClient.prefetchQuery(sessionQuery), here?.load()]);
  // What the HTML asked ahead was answered to nobody, and Chromium gives it to whoever asks first, also with a token. A
  // wallboard asks for itself.
  if (!here) queryClient.removeQueries(sessionQuery);
  // A transition is drawn in slices: the page answers while it is being made.
  startTransition(() =>
    createRoot(root).render(
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>,
    ),
  );
}
