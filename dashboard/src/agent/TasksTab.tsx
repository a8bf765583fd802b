import { Anchor, Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { AgentView, TaskView } from '../api/schema';
import { formatSeconds } from '../format/number';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useMay } from '../session/session';
import { useAgentText } from './text';

const shown = 20;

/** The newest tasks of the agent. */
export function TasksTab({ agent: { name } }: { agent: AgentView }) {
  const say = useAgentText();
  const common = useCommon();
  const may = useMay();
  const query = useQuery({
    queryKey: ['tasks', 'agent', name],
    queryFn: () => bodyOf(api.GET('/api/v1/tasks', { params: { query: { agent_id: name, limit: shown } } })),
    refetchInterval: pollLists,
  });
  return (
    <Section
      title={common('tasks')}
      actions={(
        <Group gap="md">
          {may('tasks_run') && <Anchor component={Link} size="sm" to={`/tasks/new?agent=${name}`}>{say('newTask')}</Anchor>}
          <Anchor component={Link} size="sm" to={`/tasks?agent_id=${name}`}>{say('allTasks')}</Anchor>
        </Group>
      )}
    >
      <Answered query={query}>
        {({ tasks }) => tasks.length === 0 ? <EmptyState title={say('noTasks')}>{say('noTasksHow')}</EmptyState> : <Tasks tasks={tasks} />}
      </Answered>
    </Section>
  );
}

function Tasks({ tasks }: { tasks: TaskView[] }) {
  const say = useAgentText();
  const common = useCommon();
  return (
    <DataTable<TaskView>
      label={common('tasks')} rows={tasks} rowKey={(one) => one.id}
      columns={[
        { key: 'created', title: common('created'), cell: (one) => <Anchor component={Link} size="sm" to={`/tasks/${one.id}`}><TimeText at={one.created_at} /></Anchor> },
        { key: 'type', title: common('type'), cell: (one) => one.type },
        { key: 'command', title: say('command'), cell: (one) => one.command ?? '–', wide: true },
        { key: 'status', title: common('status'), cell: (one) => <TaskStatus status={one.status} /> },
        { key: 'took', title: say('duration'), align: 'right', cell: took },
        { key: 'by', title: common('by'), cell: (one) => one.created_by, wide: true },
      ]}
    />
  );
}

const colors: Record<string, string> = { success: 'green', failed: 'red', lost: 'red', canceled: 'gray', running: 'blue', pending: 'gray' };

function TaskStatus({ status }: { status: string }) {
  const say = useAgentText();
  const word = (['pending', 'running', 'success', 'failed', 'canceled', 'lost'] as const).find((one) => one === status);
  return <Badge variant="light" className="contrast" color={colors[status] ?? 'gray'}>{word ? say(word) : status}</Badge>;
}

function took({ started_at: started, finished_at: finished }: TaskView): string {
  return started && finished ? formatSeconds((Date.parse(finished) - Date.parse(started)) / 1_000) : '–';
}
