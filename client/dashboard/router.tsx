import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Frame } from './Frame.tsx';
import { Placed } from './Placed.tsx';
import { Broken, NotFound } from './pages.tsx';
import { administration, ownAccount, type Place, places } from './places.ts';
import { parseSearch, Search, stringifySearch } from './search.ts';
import { SetupPage } from './session/SetupPage.tsx';

const rootRoute = createRootRoute({
  validateSearch: (search) => Search.parse(search),
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
const setup = createRoute({ getParentRoute: () => rootRoute, path: '/setup', component: SetupPage });
const LinkPage = lazy(() => import('./people/LinkPage.tsx'));
const link = createRoute({
  getParentRoute: () => rootRoute,
  path: '/toegang',
  component: () => (
    <Suspense>
      <LinkPage />
    </Suspense>
  ),
});

const WallboardPage = lazy(() => import('./wallboard/WallboardPage.tsx'));
const wallboard = createRoute({
  getParentRoute: () => rootRoute,
  path: '/wandscherm',
  component: () => (
    <Suspense>
      <WallboardPage />
    </Suspense>
  ),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...places.map(routeTo),
    routeTo(administration),
    routeTo(ownAccount),
    setup,
    link,
    wallboard,
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
