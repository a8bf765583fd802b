import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { NotFound, RouteError } from './RouteError';
import { Shell } from './Shell';

type Page = LazyExoticComponent<ComponentType>;

// Each page is a file of its own, loaded when it is first opened.
const page = (path: string, Component: Page): RouteObject => ({ path, Component, ErrorBoundary: RouteError });

export const routes: RouteObject[] = [
  { path: '/sign-in', Component: lazy(() => import('../session/SignInPage')), ErrorBoundary: RouteError },
  { path: '/welcome', Component: lazy(() => import('../session/WelcomePage')), ErrorBoundary: RouteError },
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: RouteError,
    children: [
      { index: true, Component: lazy(() => import('../fleet/FleetPage')), ErrorBoundary: RouteError },
      page('agents/:agent', lazy(() => import('../agent/AgentPage'))),
      page('agents/:agent/:tab', lazy(() => import('../agent/AgentPage'))),
      page('compare', lazy(() => import('../compare/ComparePage'))),
      { path: 'alerts', element: <Navigate to="/alerts/active" replace /> },
      page('alerts/active', lazy(() => import('../alerts/ActivePage'))),
      page('alerts/history', lazy(() => import('../alerts/HistoryPage'))),
      page('alerts/silences', lazy(() => import('../alerts/SilencesPage'))),
      page('alerts/rules', lazy(() => import('../alerts/RulesPage'))),
      page('alerts/rules/:rule', lazy(() => import('../alerts/RulePage'))),
      page('alerts/channels', lazy(() => import('../alerts/ChannelsPage'))),
      page('alerts/:id', lazy(() => import('../alerts/AlertPage'))),
      page('tasks', lazy(() => import('../tasks/TasksPage'))),
      page('tasks/new', lazy(() => import('../tasks/NewTaskPage'))),
      page('tasks/:id', lazy(() => import('../tasks/TaskPage'))),
      page('fanouts', lazy(() => import('../tasks/FanoutsPage'))),
      page('fanouts/:id', lazy(() => import('../tasks/FanoutPage'))),
      page('diagnosis', lazy(() => import('../diagnosis/DiagnosisPage'))),
      page('diagnosis/:agent/:id', lazy(() => import('../diagnosis/ReportPage'))),
      page('sql', lazy(() => import('../sql/SqlPage'))),
      page('files', lazy(() => import('../files/FilesPage'))),
      page('audit', lazy(() => import('../audit/AuditPage'))),
      page('settings', lazy(() => import('../settings/SettingsPage'))),
      page('settings/:tab', lazy(() => import('../settings/SettingsPage'))),
      page('platform', lazy(() => import('../platform/PlatformPage'))),
      page('platform/:tenant', lazy(() => import('../platform/TenantPage'))),
      page('account', lazy(() => import('../session/AccountPage'))),
      { path: '*', Component: NotFound },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
