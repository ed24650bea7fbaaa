import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import type { DashboardPage } from '#shared/contract/pages.ts';
import { Frame } from './Frame.tsx';
import { Placed } from './Placed.tsx';
import { Broken, NotFound } from './pages.tsx';
import { administration, ownAccount, type Place, places } from './places.ts';
import { parseSearch, searchIn, stringifySearch } from './search.ts';

const rootRoute = createRootRoute({
  validateSearch: searchIn,
  component: Frame,
  errorComponent: Broken,
  notFoundComponent: NotFound,
});
const routeTo = (place: Place) => {
  const Content = lazy(place.load);
  return createRoute({
    getParentRoute: () => rootRoute,
    path: place.path,
    component: () => <Placed place={place} Content={Content} />,
  });
};
/** A page for somebody, or something, that is not signed in. */
const openTo = (path: DashboardPage, load: () => Promise<{ default: ComponentType }>) => {
  const Content = lazy(load);
  return createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: () => (
      <Suspense>
        <Content />
      </Suspense>
    ),
  });
};

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...places.map(routeTo),
    routeTo(administration),
    routeTo(ownAccount),
    openTo('/setup', () => import('./session/SetupPage.tsx')),
    openTo('/toegang', () => import('./people/LinkPage.tsx')),
    openTo('/wandscherm', () => import('./wallboard/WallboardPage.tsx')),
  ]),
  parseSearch,
  stringifySearch,
  // Our figures come from the socket; there is nothing that a router could load.
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
