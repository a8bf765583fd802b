import { Anchor, Badge, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { ChannelView } from '../api/schema';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useMay } from '../session/session';
import { AlertTabs } from './AlertTabs';
import { Health } from './channels/Health';
import { Secrets } from './channels/Secrets';
import { useChannelsText } from './channels/text';

/** Who is told of alerts. */
export default function ChannelsPage() {
  const say = useChannelsText();
  const common = useCommon();
  const may = useMay();
  const query = useQuery({ queryKey: ['channels'], queryFn: () => bodyOf(api.GET('/api/v1/channels')), refetchInterval: pollCharts });
  return (
    <>
      <PageHead title={common('alerts')}>{may('channels_manage') && <Button component={Link} size="xs" to="/alerts/channels/new">{say('newChannel')}</Button>}</PageHead>
      <AlertTabs />
      <Answered query={query}>
        {({ channels }) => channels.length === 0 ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState> : <ChannelTable channels={channels} />}
      </Answered>
      {may('secrets_manage') && <Secrets />}
    </>
  );
}

function ChannelTable({ channels }: { channels: ChannelView[] }) {
  const say = useChannelsText();
  const common = useCommon();
  return (
    <DataTable<ChannelView>
      label={say('channel')} rows={channels} rowKey={(one) => one.name!}
      columns={[
        {
          key: 'name', title: say('channel'), cell: (one) => (
            <>
              <Anchor component={Link} size="sm" to={`/alerts/channels/${encodeURIComponent(one.name!)}`}>{one.name}</Anchor>{' '}
              {one.default && <Badge size="xs" variant="light" className="contrast" color="gray">{say('default')}</Badge>}
            </>
          ),
        },
        { key: 'type', title: common('type'), cell: (one) => say(one.type ?? 'webhook') },
        { key: 'health', title: say('health'), cell: (one) => <Health channel={one} /> },
        { key: 'severity', title: say('minSeverity'), cell: (one) => common(one.min_severity ?? 'info'), wide: true },
        { key: 'delivered', title: say('lastDelivered'), cell: (one) => <TimeText at={one.health?.last_delivered_at} /> },
        { key: 'result', title: say('lastResult'), cell: (one) => <Text size="sm" className="wrap">{one.health?.last_result ?? '–'}</Text>, wide: true },
      ]}
    />
  );
}
