import { createBrowserRouter, matchRoutes, Navigate, type RouteObject } from 'react-router';
import { Allowed } from '../session/Allowed';
import { type Permission, prefetchSession } from '../session/session';
import { FleetPage, Home } from './Home';
import { lazyPage, type LazyPage } from './lazyPage';
import { NotFound, RouteError } from './RouteError';
import { Shell } from './Shell';

// Each page is a file of its own, loaded when it is first opened.
const page = (path: string, Component: LazyPage, needs?: Permission): RouteObject => ({
  path,
  handle: Component,
  element: needs === undefined ? <Component /> : <Allowed needs={needs}><Component /></Allowed>,
  ErrorBoundary: RouteError,
});

export const routes: RouteObject[] = [
  { path: '/sign-in', Component: lazyPage(() => import('../session/SignInPage')), ErrorBoundary: RouteError },
  { path: '/welcome', Component: lazyPage(() => import('../session/WelcomePage')), ErrorBoundary: RouteError },
  {
    path: '/',
    Component: Shell,
    handle: { load: prefetchSession },
    ErrorBoundary: RouteError,
    children: [
      { index: true, Component: Home, handle: FleetPage, ErrorBoundary: RouteError },
      page('agents/:agent', lazyPage(() => import('../agent/AgentPage')), 'agents_read'),
      page('agents/:agent/:tab', lazyPage(() => import('../agent/AgentPage')), 'agents_read'),
      page('compare', lazyPage(() => import('../compare/ComparePage')), 'metrics_read'),
      { path: 'alerts', element: <Navigate to="/alerts/active" replace /> },
      page('alerts/active', lazyPage(() => import('../alerts/ActivePage')), 'alerts_read'),
      page('alerts/history', lazyPage(() => import('../alerts/HistoryPage')), 'alerts_read'),
      page('alerts/silences', lazyPage(() => import('../alerts/SilencesPage')), 'alerts_read'),
      page('alerts/rules', lazyPage(() => import('../alerts/RulesPage')), 'alerts_read'),
      page('alerts/rules/:rule', lazyPage(() => import('../alerts/RulePage')), 'alerts_read'),
      page('alerts/channels', lazyPage(() => import('../alerts/ChannelsPage')), 'alerts_read'),
      page('alerts/channels/:name', lazyPage(() => import('../alerts/ChannelPage')), 'alerts_read'),
      page('alerts/:id', lazyPage(() => import('../alerts/AlertPage')), 'alerts_read'),
      page('tasks', lazyPage(() => import('../tasks/TasksPage')), 'tasks_read'),
      page('tasks/new', lazyPage(() => import('../tasks/NewTaskPage')), 'tasks_run'),
      page('tasks/approvals', lazyPage(() => import('../tasks/ApprovalsPage')), 'tasks_read'),
      page('tasks/:id', lazyPage(() => import('../tasks/TaskPage')), 'tasks_read'),
      page('fanouts', lazyPage(() => import('../tasks/FanoutsPage')), 'tasks_read'),
      page('fanouts/:id', lazyPage(() => import('../tasks/FanoutPage')), 'tasks_read'),
      page('diagnosis', lazyPage(() => import('../diagnosis/DiagnosisPage')), 'diagnoses_read'),
      page('diagnosis/:agent/:id', lazyPage(() => import('../diagnosis/ReportPage')), 'diagnoses_read'),
      page('sql', lazyPage(() => import('../sql/SqlPage')), 'sql_run'),
      page('files', lazyPage(() => import('../files/FilesPage')), 'files_read'),
      page('audit', lazyPage(() => import('../audit/AuditPage')), 'audit_read'),
      page('settings', lazyPage(() => import('../settings/SettingsPage')), 'tenant_read'),
      page('settings/:tab', lazyPage(() => import('../settings/SettingsPage')), 'tenant_read'),
      page('platform', lazyPage(() => import('../platform/PlatformPage')), 'tenants_manage'),
      page('platform/:tenant', lazyPage(() => import('../platform/TenantPage')), 'tenants_manage'),
      page('account', lazyPage(() => import('../session/AccountPage'))),
      { path: '*', Component: NotFound },
    ],
  },
];

/** The router; what the address needs is asked for now, all of it at once, not when what stands around it is drawn. */
export function createRouter() {
  for (const { route } of matchRoutes(routes, location) ?? []) void (route.handle as { load?: () => unknown } | undefined)?.load?.();
  return createBrowserRouter(routes);
}
