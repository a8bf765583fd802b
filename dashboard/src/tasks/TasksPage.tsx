import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { TaskView } from '../api/schema';
import { useCommon } from '../language/common';
import { Filters, FilterSelect, FilterSpan, FilterText } from '../lists/filters';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { useMay } from '../session/session';
import { TaskTable } from './TaskTable';
import { TaskTabs } from './TaskTabs';
import { taskStates, taskTypes } from './taskTypes';
import { useTasksText } from './text';
import { useLiveTasks } from './useLiveTasks';

/** What was asked of agents, and what became of it. */
export default function TasksPage() {
  const say = useTasksText();
  const common = useCommon();
  const may = useMay();
  const asked = useTaskFilters();
  const query = useQuery({
    queryKey: ['tasks', 'list', asked],
    queryFn: () => bodyOf(api.GET('/api/v1/tasks', { params: { query: asked } })),
    refetchInterval: pollLists,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={common('tasks')}>{may('tasks_run') && <Button component={Link} size="xs" to="/tasks/new">{say('newTask')}</Button>}</PageHead>
      <TaskTabs />
      <TaskFilters />
      <Answered query={query}>
        {({ tasks, next }) => tasks.length === 0
          ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState>
          : <><LiveTable tasks={tasks} /><Pager next={next} /></>}
      </Answered>
    </>
  );
}

function LiveTable({ tasks }: { tasks: TaskView[] }) {
  return <TaskTable tasks={useLiveTasks(tasks)} />;
}

function TaskFilters() {
  const say = useTasksText();
  const common = useCommon();
  const { get } = useAddress();
  return (
    <Filters>
      {get('fanout_id') && <FilterText name="fanout_id" label={say('fanout')} />}
      <FilterText name="agent_id" label={common('agent')} />
      <FilterSelect name="type" label={common('type')} data={taskTypes.map((value) => ({ value, label: value }))} />
      <FilterSelect name="status" label={common('status')} data={taskStates.map((value) => ({ value, label: say(value) }))} />
      <FilterText name="created_by" label={say('createdBy')} placeholder="user:ann" />
      <FilterSelect name="awaiting_approval" label={say('awaiting')} data={[{ value: 'true', label: say('waiting') }]} />
      <FilterSpan />
    </Filters>
  );
}

function useTaskFilters() {
  const { get } = useAddress();
  const filter = (name: string) => get(name) || undefined;
  return {
    agent_id: filter('agent_id'), type: filter('type'), status: filter('status'), created_by: filter('created_by'), fanout_id: filter('fanout_id'),
    from: filter('from'), to: filter('to'), awaiting_approval: get('awaiting_approval') === 'true' || undefined, after: filter('after'), limit: 50,
  };
}
