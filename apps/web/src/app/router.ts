import { PageFailed, readReturn } from '@crashkeep/ui';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { readCompareSearch } from '../compare/compare-search.js';
import { readListSearch } from '../search/search-state.js';
import { SignInPage } from '../session/sign-in-page.js';
import { Shell } from '../shell/shell.js';
import { requireSession } from './require-session.js';
import { NotFound } from './not-found.js';
import { readProject } from './search.js';

interface Context {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound, errorComponent: PageFailed });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readReturn,
  component: SignInPage,
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../session/invitation-page.js'), 'InvitationPage'),
});

/** Everything behind the sign-in. The project stands in the address of every page. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  validateSearch: readProject,
  search: { middlewares: [retainSearchParams(['project'])] },
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  component: Shell,
});

const groups = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../groups/groups-page.js'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => shell,
  path: '/groups/$groupId',
  component: lazyRouteComponent(() => import('../group/group-page.js'), 'GroupPage'),
});

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../reports/reports-page.js'), 'ReportsPage'),
});

const report = createRoute({
  getParentRoute: () => shell,
  path: '/reports/$reportId',
  component: lazyRouteComponent(() => import('../report/report-page.js'), 'ReportPage'),
});

const compare = createRoute({
  getParentRoute: () => shell,
  path: '/compare',
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('../compare/compare-page.js'), 'ComparePage'),
});

const dictionary = createRoute({
  getParentRoute: () => shell,
  path: '/dictionary',
  component: lazyRouteComponent(() => import('../dictionary/dictionary-page.js'), 'DictionaryPage'),
});

const send = createRoute({
  getParentRoute: () => shell,
  path: '/send',
  component: lazyRouteComponent(() => import('../send/send-page.js'), 'SendPage'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('../people/people-page.js'), 'PeoplePage'),
});

const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../tokens/tokens-page.js'), 'TokensPage'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  component: lazyRouteComponent(() => import('../alerts/alerts-page.js'), 'AlertsPage'),
});

const routeTree = root.addChildren([
  signIn,
  invitation,
  shell.addChildren([groups, group, reports, report, compare, dictionary, send, alerts, people, tokens]),
]);

export const makeRouter = (queryClient: QueryClient) =>
  createRouter({ routeTree, context: { queryClient }, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
