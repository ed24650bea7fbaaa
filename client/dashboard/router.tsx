import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Frame } from './Frame.tsx';
import { Home } from './Home.tsx';
import { Broken, NotFound } from './pages.tsx';
import { parseSearch, Search, stringifySearch } from './search.ts';
import { SetupPage } from './session/SetupPage.tsx';
import { Why } from './Why.tsx';

const rootRoute = createRootRoute({
  validateSearch: (search) => Search.parse(search),
  component: Frame,
  errorComponent: Broken,
  notFoundComponent: NotFound,
});
const home = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Home });
const why = createRoute({ getParentRoute: () => rootRoute, path: '/waarom', component: Why });
const setup = createRoute({ getParentRoute: () => rootRoute, path: '/setup', component: SetupPage });

export const router = createRouter({
  routeTree: rootRoute.addChildren([home, why, setup]),
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
