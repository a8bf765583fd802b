import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import { useCommon } from '../language/common';
import { Filters, FilterSelect } from '../lists/filters';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { FanoutTable } from './FanoutTable';
import { useFanoutText } from './fanouts/text';
import { TaskTabs } from './TaskTabs';
import { taskStates } from './taskTypes';
import { useTasksText } from './text';

/** Pieces of work for many agents. */
export default function FanoutsPage() {
  const say = useFanoutText();
  const tasks = useTasksText();
  const common = useCommon();
  const { get } = useAddress();
  const asked = { status: get('status') || undefined, after: get('after') || undefined, limit: 50 };
  const query = useQuery({
    queryKey: ['fanouts', 'list', asked],
    queryFn: () => bodyOf(api.GET('/api/v1/fanouts', { params: { query: asked } })),
    refetchInterval: pollLists,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={tasks('fanouts')} />
      <TaskTabs />
      <Filters>
        <FilterSelect name="status" label={common('status')} data={taskStates.filter((one) => one !== 'lost').map((value) => ({ value, label: tasks(value) }))} />
      </Filters>
      <Answered query={query}>
        {({ fanouts, next }) => fanouts.length === 0
          ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState>
          : <><FanoutTable fanouts={fanouts} /><Pager next={next} /></>}
      </Answered>
    </>
  );
}
