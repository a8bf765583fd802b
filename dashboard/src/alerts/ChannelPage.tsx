import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { ChannelView } from '../api/schema';
import { formatNumber } from '../format/number';
import { Section } from '../lists/Section';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useMay } from '../session/session';
import { AlertTabs } from './AlertTabs';
import { ChannelEditor } from './channels/ChannelEditor';
import { draftOf } from './channels/channelDraft';
import { Health } from './channels/Health';
import { TestSend } from './channels/TestSend';
import { useChannelsText } from './channels/text';
import { NotificationTable } from './NotificationTable';

/** One channel, or a new one. */
export default function ChannelPage() {
  const { name = '' } = useParams();
  return name === 'new' ? <NewChannel /> : <Existing key={name} name={name} />;
}

function NewChannel() {
  const say = useChannelsText();
  return (
    <>
      <PageHead title={say('newChannel')} />
      <AlertTabs />
      <ChannelEditor initial={draftOf({})} isNew />
    </>
  );
}

function Existing({ name }: { name: string }) {
  const may = useMay();
  const query = useQuery({ queryKey: ['channels', 'one', name], queryFn: () => bodyOf(api.GET('/api/v1/channels/{name}', { params: { path: { name } } })), refetchInterval: pollLists });
  return (
    <>
      <PageHead title={name} />
      <AlertTabs />
      <Answered query={query}>
        {(channel) => (
          <Stack>
            <State channel={channel} />
            {may('channels_test') && <TestSend name={name} />}
            <ChannelEditor initial={draftOf(channel)} isNew={false} />
            <LastNotifications name={name} />
          </Stack>
        )}
      </Answered>
    </>
  );
}

function State({ channel }: { channel: ChannelView }) {
  const say = useChannelsText();
  const { health } = channel;
  return (
    <Paper withBorder p="md" component="section" aria-label={say('health')}>
      <Group gap="xl">
        <Health channel={channel} />
        <Text size="sm">{say('lastDelivered')}: <TimeText at={health?.last_delivered_at} /></Text>
        {health && <Text size="sm">{say('failures')}: {formatNumber(health.failures)}</Text>}
        {health && <Text size="sm">{say('dropped')}: {formatNumber(health.dropped)}</Text>}
        {health?.last_result && <Text size="sm" className="wrap">{say('lastResult')}: {health.last_result}</Text>}
      </Group>
    </Paper>
  );
}

function LastNotifications({ name }: { name: string }) {
  const say = useChannelsText();
  const query = useQuery({
    queryKey: ['channels', 'notifications', name],
    queryFn: () => bodyOf(api.GET('/api/v1/channels/{name}/notifications', { params: { path: { name }, query: { limit: 20 } } })),
    refetchInterval: pollLists,
  });
  return (
    <Section title={say('last')}>
      <Answered query={query}>
        {({ notifications }) => notifications.length === 0
          ? <EmptyState title={say('noNotifications')}>{say('noNotificationsHow')}</EmptyState>
          : <NotificationTable notifications={notifications} of="channel" />}
      </Answered>
    </Section>
  );
}
