import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { FanoutView } from '../api/schema';
import { labelsText } from '../format/labels';
import { useCommon } from '../language/common';
import { type Column, DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { FanoutProgress } from './fanouts/FanoutProgress';
import { useFanoutText } from './fanouts/text';
import { TaskBadge } from './TaskBadge';
import { useTasksText } from './text';

/** Fan-outs as rows, each with a link to its page. */
export function FanoutTable({ fanouts, actions }: { fanouts: FanoutView[]; actions?: (fanout: FanoutView) => ReactNode }) {
  const say = useFanoutText();
  const tasks = useTasksText();
  const common = useCommon();
  const columns: Column<FanoutView>[] = [
    { key: 'status', title: common('status'), cell: (one) => <TaskBadge task={one} /> },
    {
      key: 'fanout', title: say('fanout'), cell: (one) => (
        <Anchor component={Link} to={`/fanouts/${one.id}`} size="sm" ff="monospace" className="wrap" lineClamp={2}>{one.type} · {one.command?.slice(0, 200) ?? one.id}</Anchor>
      ),
    },
    { key: 'target', title: say('target'), cell: (one) => <><Text size="sm">{say('agents', { count: one.agent_count })}</Text><Text size="xs" c="dimmed" className="wrap">{targetText(one)}</Text></> },
    { key: 'progress', title: say('progress'), cell: (one) => <FanoutProgress fanout={one} /> },
    { key: 'created', title: common('created'), cell: (one) => <TimeText at={one.created_at} /> },
    { key: 'by', title: tasks('createdBy'), cell: (one) => one.created_by, wide: true },
  ];
  if (actions) columns.push({ key: 'actions', title: common('actions'), cell: actions });
  return <DataTable label={tasks('fanouts')} columns={columns} rows={fanouts} rowKey={(one) => one.id} />;
}

/** Whom a fan-out is for, as was asked. */
export function targetText({ agents, labels }: Pick<FanoutView, 'agents' | 'labels'>): string {
  return [agents.join(', ') || '*', labelsText(labels)].filter((part) => part !== '').join(' · ');
}
