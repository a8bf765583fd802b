import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { AlertTable } from '../alerts/AlertTable';
import { useAlertNews } from '../alerts/useAlertNews';
import { api, bodyOf } from '../api/client';
import type { AgentView } from '../api/schema';
import { Section } from '../lists/Section';
import { Answered } from '../lists/states';
import { useAgentText } from './text';

const shown = 20;

/** What fires for the agent, and what fired lately. */
export function AlertsTab({ agent: { name: agent } }: { agent: AgentView }) {
  const say = useAgentText();
  const refetchInterval = useAlertNews();
  const active = useQuery({
    queryKey: ['alerts', 'active', 'agent', agent],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts', { params: { query: { agent, limit: 100 } } })),
    refetchInterval,
  });
  const history = useQuery({
    queryKey: ['alerts', 'history', 'agent', agent],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts/history', { params: { query: { agent, period: '30d', limit: shown } } })),
    refetchInterval,
  });
  return (
    <Stack>
      <Section title={say('active')}>
        <Answered query={active}>{({ alerts }) => alerts.length === 0 ? <Text size="sm" c="dimmed">{say('noActive')}</Text> : <AlertTable label={say('active')} alerts={alerts} />}</Answered>
      </Section>
      <Section title={say('history')} actions={<Anchor component={Link} size="sm" to={`/alerts/history?agent=${agent}`}>{say('allAlerts')}</Anchor>}>
        <Answered query={history}>{({ alerts }) => alerts.length === 0 ? <Text size="sm" c="dimmed">{say('noHistory')}</Text> : <AlertTable label={say('history')} alerts={alerts} />}</Answered>
      </Section>
    </Stack>
  );
}
