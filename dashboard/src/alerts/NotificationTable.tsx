import { Anchor, Badge, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { NotificationView } from '../api/schema';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { useAlertsText } from './text';

const statusColor = { sent: 'green', waiting: 'blue', failed: 'red', dropped: 'orange' } as const;

/** What was told, and what came of it. */
export function NotificationTable({ notifications, of }: { notifications: NotificationView[]; of: 'alert' | 'channel' }) {
  const say = useAlertsText();
  const common = useCommon();
  return (
    <DataTable<NotificationView>
      label={say('notifications')} rows={notifications} rowKey={(one) => `${one.id} ${one.channel}`}
      columns={[
        { key: 'at', title: common('time'), cell: (one) => <TimeText at={one.at} /> },
        of === 'alert'
          ? { key: 'channel', title: say('channel'), cell: (one) => <Anchor component={Link} size="sm" to={`/alerts/channels/${one.channel}`}>{one.channel}</Anchor> }
          : { key: 'alert', title: say('alert'), cell: (one) => <Anchor component={Link} size="sm" to={`/alerts/${one.alert}`}>{one.alert.slice(0, 8)}</Anchor> },
        { key: 'kind', title: say('kind'), cell: (one) => say(`kind_${one.kind}`) },
        { key: 'status', title: common('status'), cell: (one) => <Badge variant="light" className="contrast" color={statusColor[one.status]}>{say(one.status)}</Badge> },
        { key: 'attempts', title: say('attempts'), align: 'right', cell: (one) => String(one.attempts), wide: true },
        { key: 'result', title: say('result'), cell: (one) => <Text size="sm" className="wrap">{one.result ?? '–'}</Text> },
      ]}
    />
  );
}
