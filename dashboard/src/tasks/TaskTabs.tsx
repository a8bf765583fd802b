import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import { useCommon } from '../language/common';
import { LinkTabs } from '../lists/LinkTabs';
import { useTasksText } from './text';

const most = 100;

/** The way between the pages of tasks; beside the approvals stands how many wait. */
export function TaskTabs() {
  const say = useTasksText();
  const common = useCommon();
  const waiting = useWaiting();
  const approvals = <>{say('approvals')}{waiting && <Badge component="span" size="sm" circle={waiting.length < 3} color="orange" ml={6} data-waiting>{waiting}</Badge>}</>;
  return <LinkTabs label={common('tasks')} key={useLocation().pathname} tabs={[{ to: '/tasks', text: common('tasks'), end: true }, { to: '/tasks/approvals', text: approvals }, { to: '/fanouts', text: say('fanouts') }]} />;
}

/** How many tasks and fan-outs wait for approval, as text; undefined: none, or it isn't known. */
function useWaiting(): string | undefined {
  const { data } = useQuery({
    queryKey: ['tasks', 'waiting'],
    queryFn: async () => {
      const [tasks, fanouts] = await Promise.all([
        bodyOf(api.GET('/api/v1/tasks', { params: { query: { awaiting_approval: true, limit: most } } })),
        waitingFanouts(),
      ]);
      return { count: tasks.tasks.length + fanouts.length, more: tasks.next !== null };
    },
    refetchInterval: pollLists,
  });
  return data && data.count > 0 ? `${data.count}${data.more ? '+' : ''}` : undefined;
}

/** The fan-outs that wait; they are pending, and there are few of those. */
export async function waitingFanouts() {
  const { fanouts } = await bodyOf(api.GET('/api/v1/fanouts', { params: { query: { status: 'pending', limit: most } } }));
  return fanouts.filter((one) => one.approval?.state === 'waiting');
}
