import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { Allowed } from '../session/Allowed';
import type { Permission } from '../session/session';
import { Home } from './Home';
import { NotFound, RouteError } from './RouteError';
import { Shell } from './Shell';

type Page = LazyExoticComponent<ComponentType>;

// Each page is a file of its own, loaded when it is first opened.
const page = (path: string, Component: Page, needs?: Permission): RouteObject => ({
  path,
  element: needs === undefined ? <Component /> : <Allowed needs={needs}><Component /></Allowed>,
  ErrorBoundary: RouteError,
});

export const routes: RouteObject[] = [
  { path: '/sign-in', Component: lazy(() => import('../session/SignInPage')), ErrorBoundary: RouteError },
  { path: '/welcome', Component: lazy(() => import('../session/WelcomePage')), ErrorBoundary: RouteError },
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: RouteError,
    children: [
      { index: true, Component: Home, ErrorBoundary: RouteError },
      page('agents/:agent', lazy(() => import('../agent/AgentPage')), 'agents_read'),
      page('agents/:agent/:tab', lazy(() => import('../agent/AgentPage')), 'agents_read'),
      page('compare', lazy(() => import('../compare/ComparePage')), 'metrics_read'),
      { path: 'alerts', element: <Navigate to="/alerts/active" replace /> },
      page('alerts/active', lazy(() => import('../alerts/ActivePage')), 'alerts_read'),
      page('alerts/history', lazy(() => import('../alerts/HistoryPage')), 'alerts_read'),
      page('alerts/silences', lazy(() => import('../alerts/SilencesPage')), 'alerts_read'),
      page('alerts/rules', lazy(() => import('../alerts/RulesPage')), 'alerts_read'),
      page('alerts/rules/:rule', lazy(() => import('../alerts/RulePage')), 'alerts_read'),
      page('alerts/channels', lazy(() => import('../alerts/ChannelsPage')), 'alerts_read'),
      page('alerts/channels/:name', lazy(() => import('../alerts/ChannelPage')), 'alerts_read'),
      page('alerts/:id', lazy(() => import('../alerts/AlertPage')), 'alerts_read'),
      page('tasks', lazy(() => import('../tasks/TasksPage')), 'tasks_read'),
      page('tasks/new', lazy(() => import('../tasks/NewTaskPage')), 'tasks_run'),
      page('tasks/approvals', lazy(() => import('../tasks/ApprovalsPage')), 'tasks_read'),
      page('tasks/:id', lazy(() => import('../tasks/TaskPage')), 'tasks_read'),
      page('fanouts', lazy(() => import('../tasks/FanoutsPage')), 'tasks_read'),
      page('fanouts/:id', lazy(() => import('../tasks/FanoutPage')), 'tasks_read'),
      page('diagnosis', lazy(() => import('../diagnosis/DiagnosisPage')), 'diagnoses_read'),
      page('diagnosis/:agent/:id', lazy(() => import('../diagnosis/ReportPage')), 'diagnoses_read'),
      page('sql', lazy(() => import('../sql/SqlPage')), 'sql_run'),
      page('files', lazy(() => import('../files/FilesPage')), 'files_read'),
      page('audit', lazy(() => import('../audit/AuditPage')), 'audit_read'),
      page('settings', lazy(() => import('../settings/SettingsPage')), 'tenant_read'),
      page('settings/:tab', lazy(() => import('../settings/SettingsPage')), 'tenant_read'),
      page('platform', lazy(() => import('../platform/PlatformPage')), 'tenants_manage'),
      page('platform/:tenant', lazy(() => import('../platform/TenantPage')), 'tenants_manage'),
      page('account', lazy(() => import('../session/AccountPage'))),
      { path: '*', Component: NotFound },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
