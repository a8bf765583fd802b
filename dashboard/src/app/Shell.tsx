import { Alert, AppShell, Burger, Group, Menu, NavLink, ScrollArea, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconActivity, IconAlertTriangle, IconBuilding, IconChartLine, IconFiles, IconHistory, IconListCheck, IconSettings, IconSql, IconStethoscope, IconUser,
} from '@tabler/icons-react';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';
import { NavLink as RouteLink, Navigate, Outlet, useLocation } from 'react-router';
import { isUnreachable } from '../api/problem';
import { useConnection } from '../api/useLive';
import { useCommon } from '../language/common';
import { language, languages, setLanguage, type Language } from '../language/language';
import { ErrorState, Loading } from '../lists/states';
import { type Permission, useMay, useSession, useSessionQuery } from '../session/session';
import { signOut } from '../session/signOut';

const pages: { to: string; text: Parameters<ReturnType<typeof useCommon>>[0]; icon: ReactNode; needs: Permission }[] = [
  { to: '/', text: 'overview', icon: <IconActivity size={18} />, needs: 'agents_read' },
  { to: '/alerts', text: 'alerts', icon: <IconAlertTriangle size={18} />, needs: 'alerts_read' },
  { to: '/compare', text: 'compare', icon: <IconChartLine size={18} />, needs: 'metrics_read' },
  { to: '/tasks', text: 'tasks', icon: <IconListCheck size={18} />, needs: 'tasks_read' },
  { to: '/diagnosis', text: 'diagnosis', icon: <IconStethoscope size={18} />, needs: 'diagnoses_read' },
  { to: '/sql', text: 'sql', icon: <IconSql size={18} />, needs: 'sql_run' },
  { to: '/files', text: 'files', icon: <IconFiles size={18} />, needs: 'files_read' },
  { to: '/audit', text: 'audit', icon: <IconHistory size={18} />, needs: 'audit_read' },
  { to: '/settings', text: 'settings', icon: <IconSettings size={18} />, needs: 'tenant_read' },
  { to: '/platform', text: 'platform', icon: <IconBuilding size={18} />, needs: 'tenants_manage' },
];

/** What stands around every page; without a session it leads to the sign-in and back. */
export function Shell() {
  const session = useSessionQuery();
  const location = useLocation();
  if (session.data) return <Frame />;
  if (session.data === null) {
    const from = location.pathname + location.search;
    return <Navigate to={from === '/' ? '/sign-in' : `/sign-in?return_to=${encodeURIComponent(from)}`} replace />;
  }
  return session.error ? <ErrorState error={session.error} onRetry={() => void session.refetch()} /> : <Loading />;
}

function Frame() {
  const say = useCommon();
  const may = useMay();
  const location = useLocation();
  const [open, { toggle, close }] = useDisclosure();
  useEffect(close, [location.pathname, close]);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !open } }} padding="md">
      <a className="skip" href="#content">{say('skip')}</a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('menu')} aria-expanded={open} />
            <img src="/icon.svg" width={26} height={26} alt="" />
            <Text fw={700}>Outrider</Text>
            <Text c="dimmed" size="sm" visibleFrom="xs">{useSession().tenant_name}</Text>
          </Group>
          <Group gap="md" wrap="nowrap">
            <LiveSign />
            <ViewerMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={say('navigation')} component="nav">
        <ScrollArea>
          {pages.filter((page) => may(page.needs)).map((page) => (
            <NavLink key={page.to} component={RouteLink} to={page.to} end={page.to === '/'} label={say(page.text)} leftSection={page.icon} />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <CentreGone />
        <Suspense fallback={<Loading />}><Outlet /></Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

/** Whether news comes by itself. Says nothing on pages that wait for none. */
function LiveSign() {
  const say = useCommon();
  const connection = useConnection();
  if (connection === 'idle') return null;
  const [text, color] = connection === 'open' ? ['liveOpen', 'green'] as const : connection === 'connecting' ? ['liveConnecting', 'gray'] as const : ['liveDown', 'orange'] as const;
  return (
    <Group gap={6} wrap="nowrap" role="status" data-live={connection}>
      <svg width="10" height="10" aria-hidden><circle cx="5" cy="5" r="5" fill={`var(--mantine-color-${color}-6)`} /></svg>
      <Text size="xs" visibleFrom={connection === 'open' ? 'sm' : undefined}>{say(text)}</Text>
    </Group>
  );
}

/** Tells while what is shown can't be asked for any more. */
function CentreGone() {
  const say = useCommon();
  const cache = useQueryClient().getQueryCache();
  useIsFetching();
  const gone = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => cache.findAll({ type: 'active' }).some((query) => isUnreachable(query.state.error ?? query.state.fetchFailureReason)),
  );
  return gone ? <Alert color="orange" mb="md" role="status" icon={<IconAlertTriangle />} data-centre="gone">{say('centreGone')}</Alert> : null;
}

function ViewerMenu() {
  const say = useCommon();
  const session = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton aria-label={`${say('account')}: ${session.display_name}`}>
          <Group gap={6} wrap="nowrap"><IconUser size={18} aria-hidden /><Text size="sm" visibleFrom="xs">{session.display_name}</Text></Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={RouteLink} to="/account">{say('account')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{say('language')}</Menu.Label>
        {(Object.keys(languages) as Language[]).map((one) => (
          <Menu.Item key={one} lang={one === 'zh' ? 'zh-CN' : 'en'} onClick={() => void setLanguage(one)} aria-current={one === language()} fw={one === language() ? 600 : 400}>{languages[one]}</Menu.Item>
        ))}
        <Menu.Label>{say('theme')}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((one) => (
          <Menu.Item key={one} onClick={() => setColorScheme(one)} aria-current={one === colorScheme} fw={one === colorScheme ? 600 : 400}>{say(one)}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{say('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
