import { PageFailed, readReturn } from '@crashkeep/ui';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { SignInPage } from '../session/sign-in-page.js';
import { Shell } from '../shell/shell.js';
import { NotFound } from './not-found.js';
import { requirePerson, requireSession } from './require-session.js';
import { readAsk, readAudit, readView } from './search.js';

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

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyRouteComponent(() => import('../session/first-run-page.js'), 'FirstRunPage'),
});

const firstPasskey = createRoute({
  getParentRoute: () => root,
  path: '/first-passkey',
  beforeLoad: ({ context, location }) => requirePerson(context.queryClient, location.href),
  component: lazyRouteComponent(() => import('../session/first-passkey-page.js'), 'FirstPasskeyPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../session/invitation-page.js'), 'InvitationPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  component: Shell,
});

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: readView,
  component: lazyRouteComponent(() => import('../requests/requests-page.js'), 'RequestsPage'),
});

const ask = createRoute({
  getParentRoute: () => shell,
  path: '/request',
  validateSearch: readAsk,
  component: lazyRouteComponent(() => import('../request/request-page.js'), 'RequestPage'),
});

const grant = createRoute({
  getParentRoute: () => shell,
  path: '/grants/$grantId',
  component: lazyRouteComponent(() => import('../grant/grant-page.js'), 'GrantPage'),
});

const viewer = createRoute({
  getParentRoute: () => shell,
  path: '/grants/$grantId/memory',
  component: lazyRouteComponent(() => import('../viewer/viewer-page.js'), 'ViewerPage'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('../people/people-page.js'), 'PeoplePage'),
});

const passkeys = createRoute({
  getParentRoute: () => shell,
  path: '/passkeys',
  component: lazyRouteComponent(() => import('../passkeys/passkeys-page.js'), 'PasskeysPage'),
});

const signatures = createRoute({
  getParentRoute: () => shell,
  path: '/signatures',
  component: lazyRouteComponent(() => import('../signatures/signatures-page.js'), 'SignaturesPage'),
});

const policies = createRoute({
  getParentRoute: () => shell,
  path: '/policies',
  component: lazyRouteComponent(() => import('../policies/policies-page.js'), 'PoliciesPage'),
});

const devices = createRoute({
  getParentRoute: () => shell,
  path: '/devices',
  component: lazyRouteComponent(() => import('../devices/devices-page.js'), 'DevicesPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAudit,
  component: lazyRouteComponent(() => import('../audit/audit-page.js'), 'AuditPage'),
});

const findings = createRoute({
  getParentRoute: () => shell,
  path: '/findings',
  component: lazyRouteComponent(() => import('../findings/findings-page.js'), 'FindingsPage'),
});

const exposure = createRoute({
  getParentRoute: () => shell,
  path: '/findings/$secretId',
  component: lazyRouteComponent(() => import('../findings/exposure-page.js'), 'ExposurePage'),
});

const routeTree = root.addChildren([
  signIn,
  firstRun,
  firstPasskey,
  invitation,
  shell.addChildren([
    requests,
    ask,
    grant,
    viewer,
    people,
    signatures,
    policies,
    passkeys,
    devices,
    findings,
    exposure,
    audit,
  ]),
]);

export const makeRouter = (queryClient: QueryClient) =>
  createRouter({ routeTree, context: { queryClient }, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
