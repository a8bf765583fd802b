import { Anchor, Button, Code, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import type { TaskView } from '../api/schema';
import { usePoll } from '../api/usePoll';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { Section } from '../lists/Section';
import { Answered, PageHead } from '../lists/states';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { TaskLog } from './log/TaskLog';
import { addressOf } from './new/taskAddress';
import { TaskResult } from './result/TaskResult';
import { TaskSteps } from './TaskSteps';
import { TaskTabs } from './TaskTabs';
import { isOver } from './taskTypes';
import { useTasksText } from './text';
import { newer } from './useLiveTasks';

/** One task: how it stands, what it came to, and what it writes. */
export default function TaskPage() {
  const { id = '' } = useParams();
  const say = useTasksText();
  const client = useQueryClient();
  const poll = usePoll();
  const key = ['tasks', 'one', id];
  const query = useQuery({
    queryKey: key,
    queryFn: () => bodyOf(api.GET('/api/v1/tasks/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.status) && state.data.status !== 'lost' ? false : poll),
  });
  const take = (told: TaskView) => client.setQueryData<TaskView>(key, (known) => (known ? newer(known, told) : told));
  return (
    <>
      <PageHead title={query.data ? `${say('task')} · ${query.data.type}` : say('task')}>{query.data && <Actions task={query.data} />}</PageHead>
      <TaskTabs />
      <Answered query={query}>
        {(task) => (
          <Stack>
            <TaskSteps task={task} />
            <Asked task={task} />
            <TaskResult task={task} />
            <TaskLog key={task.id} task={task} onState={take} />
          </Stack>
        )}
      </Answered>
    </>
  );
}

function Actions({ task }: { task: TaskView }) {
  const say = useTasksText();
  const common = useCommon();
  const may = useMay();
  const navigate = useNavigate();
  const over = isOver(task.status);
  const path = (id: string) => ({ path: { id } });
  const cancel = useAct((id: string) => api.POST('/api/v1/tasks/{id}/cancel', { params: path(id) }), ['tasks'], say('canceledDone'));
  const remove = useAct(
    (id: string) => api.DELETE('/api/v1/tasks/{id}', { params: { ...path(id), query: { force: !over } } }), ['tasks'], say('deleted'), () => void navigate('/tasks'),
  );
  return (
    <>
      {may('tasks_run') && !over && !task.canceling && <ConfirmButton size="xs" label={say('cancelTask')} question={say('cancelQuestion')} onConfirm={() => cancel.mutate(task.id)} />}
      {may('tasks_run') && <Button component={Link} size="xs" variant="default" to={addressOf(task)}>{say('repeat')}</Button>}
      {may('tasks_delete') && <ConfirmButton size="xs" label={common('delete')} question={say(over ? 'deleteQuestion' : 'deleteForce')} onConfirm={() => remove.mutate(task.id)} />}
    </>
  );
}

function Asked({ task }: { task: TaskView }) {
  const say = useTasksText();
  const common = useCommon();
  return (
    <Section title={say('what')}>
      <Stack gap="xs">
        <Text size="sm">
          {common('agent')}: <Anchor underline="always" component={Link} to={`/agents/${task.agent_id}`}>{task.agent_id}</Anchor>
          {task.fanout_id && <> · <Anchor underline="always" component={Link} to={`/fanouts/${task.fanout_id}`}>{say('fanout')}</Anchor></>}
          {task.file_id && <> · <Anchor underline="always" href={`/api/v1/files/${encodeURIComponent(task.file_id)}/download`} download>{say('file')}</Anchor></>}
        </Text>
        {task.command && <Code block mah={240} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={say('command')}>{task.command}</Code>}
        {task.params !== null && task.params !== undefined && (
          <Code block mah={240} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={say('params')}>{JSON.stringify(task.params, null, 2)}</Code>
        )}
      </Stack>
    </Section>
  );
}
