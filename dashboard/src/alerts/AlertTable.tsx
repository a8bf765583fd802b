import { Anchor, Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AlertView } from '../api/schema';
import { labelsText } from '../format/labels';
import { formatUnit } from '../format/number';
import { useCommon } from '../language/common';
import { SeverityBadge } from '../lists/Badges';
import { type Column, DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { useAlertsText } from './text';

/** Alerts as rows, each with a link to its page. */
export function AlertTable({ label, alerts, actions }: { label: string; alerts: AlertView[]; actions?: (alert: AlertView) => ReactNode }) {
  const say = useAlertsText();
  const common = useCommon();
  const columns: Column<AlertView>[] = [
    { key: 'severity', title: say('severity'), cell: (one) => <SeverityBadge severity={one.severity} /> },
    {
      key: 'rule', title: say('rule'), cell: (one) => (
        <>
          <Anchor component={Link} to={`/alerts/${one.id}`} size="sm" className="wrap">{one.rule_name}</Anchor>
          <Text size="xs" c="dimmed" className="wrap">{one.condition}</Text>
        </>
      ),
    },
    { key: 'agent', title: common('agent'), cell: (one) => (one.agent ? <Anchor component={Link} to={`/agents/${one.agent}`} size="sm">{one.agent}</Anchor> : '–') },
    { key: 'subject', title: say('subject'), cell: (one) => labelsText(one.labels) || '–', wide: true },
    { key: 'value', title: common('value'), align: 'right', cell: (one) => <AlertValue alert={one} /> },
    { key: 'since', title: say('since'), cell: (one) => <TimeText at={one.fired_at} /> },
    { key: 'state', title: say('state'), cell: (one) => <AlertState alert={one} /> },
  ];
  if (actions) columns.push({ key: 'actions', title: common('actions'), cell: actions });
  return <DataTable label={label} columns={columns} rows={alerts} rowKey={(one) => one.id} />;
}

/** The value beside what it was compared with. */
function AlertValue({ alert }: { alert: AlertView }) {
  if (alert.value === null || alert.value === undefined) return <>–</>;
  const threshold = alert.threshold === null || alert.threshold === undefined ? '' : ` / ${formatUnit(alert.threshold, undefined)}`;
  return <Text size="sm" ff="monospace">{formatUnit(alert.value, undefined)}{threshold}</Text>;
}

/** Whether it fires, and what was done about it. */
export function AlertState({ alert }: { alert: AlertView }) {
  const say = useAlertsText();
  return (
    <Group gap={4}>
      <Badge variant="light" className="contrast" color={alert.state === 'firing' ? 'red' : 'green'} data-state={alert.state}>{say(alert.state)}</Badge>
      {alert.acknowledged && <Badge variant="light" className="contrast" color="blue" title={alert.acknowledged_by ?? undefined}>{say('acknowledged')}</Badge>}
      {alert.silenced_by && <Badge variant="light" className="contrast" color="gray">{say('silenced')}</Badge>}
    </Group>
  );
}
