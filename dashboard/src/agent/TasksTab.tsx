import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { AgentView } from '../api/schema';
import { useCommon } from '../language/common';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { useMay } from '../session/session';
import { TaskTable } from '../tasks/TaskTable';
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
          {may('tasks_run') && <Anchor component={Link} size="sm" to={`/tasks/new?agent_id=${name}`}>{say('newTask')}</Anchor>}
          <Anchor component={Link} size="sm" to={`/tasks?agent_id=${name}`}>{say('allTasks')}</Anchor>
        </Group>
      )}
    >
      <Answered query={query}>
        {({ tasks }) => tasks.length === 0 ? <EmptyState title={say('noTasks')}>{say('noTasksHow')}</EmptyState> : <TaskTable tasks={tasks} />}
      </Answered>
    </Section>
  );
}
