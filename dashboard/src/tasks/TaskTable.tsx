import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { TaskView } from '../api/schema';
import { useCommon } from '../language/common';
import { type Column, DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { formatTook } from './took';
import { TaskBadge } from './TaskBadge';
import { useTasksText } from './text';

/** Tasks as rows, each with a link to its page. */
export function TaskTable({ tasks, actions }: { tasks: TaskView[]; actions?: (task: TaskView) => ReactNode }) {
  const say = useTasksText();
  const common = useCommon();
  const columns: Column<TaskView>[] = [
    { key: 'status', title: common('status'), cell: (one) => <TaskBadge task={one} /> },
    { key: 'type', title: common('type'), cell: (one) => one.type },
    {
      key: 'command', title: say('task'), cell: (one) => (
        <>
          <Anchor component={Link} to={`/tasks/${one.id}`} size="sm" ff="monospace" className="wrap" lineClamp={2}>{firstLine(one) || one.id}</Anchor>
          {one.error && <Text size="xs" c="dimmed" className="wrap" lineClamp={2}>{one.error}</Text>}
        </>
      ),
    },
    { key: 'agent', title: common('agent'), cell: (one) => <Anchor component={Link} to={`/agents/${one.agent_id}`} size="sm">{one.agent_id}</Anchor> },
    { key: 'created', title: common('created'), cell: (one) => <TimeText at={one.created_at} /> },
    { key: 'took', title: say('took'), align: 'right', cell: (one) => formatTook(one), wide: true },
    { key: 'by', title: say('createdBy'), cell: (one) => <Anchor component={Link} to={`/tasks?created_by=${encodeURIComponent(one.created_by)}`} size="sm" className="wrap">{one.created_by}</Anchor>, wide: true },
  ];
  if (actions) columns.push({ key: 'actions', title: common('actions'), cell: actions });
  return <DataTable label={common('tasks')} columns={columns} rows={tasks} rowKey={(one) => one.id} />;
}

function firstLine({ command }: TaskView): string {
  return command?.trimStart().split('\n', 1)[0]?.slice(0, 200) ?? '';
}
