import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import { useCommon } from '../language/common';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { Decide } from './Decide';
import { FanoutTable } from './FanoutTable';
import { TaskTable } from './TaskTable';
import { TaskTabs, waitingFanouts } from './TaskTabs';
import { useTasksText } from './text';

/** What waits for a second person. */
export default function ApprovalsPage() {
  const say = useTasksText();
  const common = useCommon();
  const after = useAddress().get('after') || undefined;
  const query = useQuery({
    queryKey: ['tasks', 'approvals', after],
    queryFn: async () => {
      const [page, fanouts] = await Promise.all([
        bodyOf(api.GET('/api/v1/tasks', { params: { query: { awaiting_approval: true, after, limit: 50 } } })),
        waitingFanouts(),
      ]);
      // The tasks of a fan-out are decided together.
      return { tasks: page.tasks.filter((one) => !one.fanout_id), fanouts, next: page.next };
    },
    refetchInterval: pollLists,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={common('tasks')} />
      <TaskTabs />
      <Answered query={query}>
        {({ tasks, fanouts, next }) => (
          <>
            {tasks.length + fanouts.length === 0 && <EmptyState title={say('noneWait')}>{say('noneWaitHow')}</EmptyState>}
            {tasks.length > 0 && <TaskTable tasks={tasks} actions={(task) => <Decide subject={task} kind="task" />} />}
            {fanouts.length > 0 && <FanoutTable fanouts={fanouts} actions={(fanout) => <Decide subject={fanout} kind="fanout" />} />}
            <Pager next={next} />
          </>
        )}
      </Answered>
    </>
  );
}
