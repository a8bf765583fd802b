import { Anchor, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import type { AlertView } from '../api/schema';
import { labelsText } from '../format/labels';
import { formatUnit } from '../format/number';
import { useCommon } from '../language/common';
import { SeverityBadge } from '../lists/Badges';
import { Section } from '../lists/Section';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { AlertActions } from './AlertActions';
import { AlertState } from './AlertTable';
import { AlertTabs } from './AlertTabs';
import { MetricAround } from './MetricAround';
import { NotificationTable } from './NotificationTable';
import { useAlertsText } from './text';
import { useAlertNews } from './useAlertNews';

/** One alert: what it is about, the metric around it, and whom it was told. */
export default function AlertPage() {
  const { id = '' } = useParams();
  const common = useCommon();
  const refetchInterval = useAlertNews();
  const query = useQuery({
    queryKey: ['alerts', 'one', id],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts/{id}', { params: { path: { id } } })),
    refetchInterval,
  });
  return (
    <>
      <PageHead title={query.data?.rule_name ?? common('alerts')}>{query.data && <AlertActions alert={query.data} />}</PageHead>
      <AlertTabs />
      <Answered query={query}>
        {(alert) => (
          <Stack>
            <Facts alert={alert} />
            <MetricAround alert={alert} />
            <Notifications id={id} refetchInterval={refetchInterval} />
          </Stack>
        )}
      </Answered>
    </>
  );
}

function Facts({ alert }: { alert: AlertView }) {
  const say = useAlertsText();
  const common = useCommon();
  return (
    <Section title={say('facts')}>
      {alert.summary && <Text mb="sm" className="wrap">{alert.summary}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" component="dl" m={0}>
        <Fact name={say('state')}><Group gap={4}><SeverityBadge severity={alert.severity} /><AlertState alert={alert} /></Group></Fact>
        <Fact name={common('agent')}>{alert.agent ? <Anchor component={Link} to={`/agents/${alert.agent}`}>{alert.agent}</Anchor> : '–'}</Fact>
        <Fact name={say('subject')}>{labelsText(alert.labels) || '–'}</Fact>
        <Fact name={say('rule')}><Anchor component={Link} to={`/alerts/rules/${alert.rule}`}>{alert.rule}</Anchor></Fact>
        <Fact name={say('condition')}>{alert.condition}</Fact>
        <Fact name={common('value')}>{formatUnit(alert.value, undefined)}</Fact>
        <Fact name={say('threshold')}>{formatUnit(alert.threshold, undefined)}</Fact>
        <Fact name={say('told')}>{alert.notified ? say('times', { count: alert.notified }) : '–'}</Fact>
        <Fact name={say('started')}><TimeText at={alert.started_at} /></Fact>
        <Fact name={say('fired')}><TimeText at={alert.fired_at} /></Fact>
        <Fact name={say('resolvedAt')}><TimeText at={alert.resolved_at} /></Fact>
        {alert.reason && <Fact name={say('reason')}>{say(alert.reason)}</Fact>}
        {alert.resolved_at && <Fact name={say('resolvedValue')}>{formatUnit(alert.resolved_value, undefined)}</Fact>}
        {alert.acknowledged && <Fact name={say('acknowledged')}><TimeText at={alert.acknowledged_at} /> · {alert.acknowledged_by ?? '–'}</Fact>}
        {alert.note && <Fact name={common('note')}>{alert.note}</Fact>}
        {alert.silenced_by && <Fact name={say('silencedBy')}><Anchor component={Link} to="/alerts/silences">{alert.silenced_by}</Anchor></Fact>}
      </SimpleGrid>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">{name}</Text>
      <Text component="dd" size="sm" m={0} className="wrap">{children}</Text>
    </div>
  );
}

function Notifications({ id, refetchInterval }: { id: string; refetchInterval: number }) {
  const say = useAlertsText();
  const query = useQuery({
    queryKey: ['alerts', 'notifications', id],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts/{id}/notifications', { params: { path: { id }, query: { limit: 100 } } })),
    refetchInterval,
  });
  return (
    <Section title={say('notifications')}>
      <Answered query={query}>
        {({ notifications }) => notifications.length === 0
          ? <EmptyState title={say('noNotifications')}>{say('noNotificationsHow')}</EmptyState>
          : <NotificationTable notifications={notifications} of="alert" />}
      </Answered>
    </Section>
  );
}
