import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { FanoutFailure, FanoutView } from '../api/schema';
import { formatNumber, formatSeconds } from '../format/number';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { Decide } from './Decide';
import { FanoutProgress } from './fanouts/FanoutProgress';
import { useFanoutText } from './fanouts/text';
import { targetText } from './FanoutTable';
import { ProblemAlert } from './ProblemAlert';
import { TaskBadge } from './TaskBadge';
import { TaskTabs } from './TaskTabs';
import { isOver } from './taskTypes';
import { useTasksText } from './text';

/** One fan-out: how far it is, and what went wrong. */
export default function FanoutPage() {
  const { id = '' } = useParams();
  const say = useFanoutText();
  const query = useQuery({
    queryKey: ['fanouts', 'one', id],
    queryFn: () => bodyOf(api.GET('/api/v1/fanouts/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.status) ? false : pollLists),
  });
  return (
    <>
      <PageHead title={query.data ? `${say('fanout')} · ${query.data.type}` : say('fanout')}>{query.data && <Actions fanout={query.data} />}</PageHead>
      <TaskTabs />
      <Answered query={query}>
        {(fanout) => (
          <Stack>
            <Progressing fanout={fanout} />
            <Asked fanout={fanout} />
            <Failures failures={fanout.failures ?? []} />
          </Stack>
        )}
      </Answered>
    </>
  );
}

function Actions({ fanout }: { fanout: FanoutView }) {
  const say = useFanoutText();
  const may = useMay();
  const cancel = useAct((id: string) => api.POST('/api/v1/fanouts/{id}/cancel', { params: { path: { id } } }), ['fanouts', 'tasks'], say('canceled'));
  return (
    <>
      <Decide subject={fanout} kind="fanout" />
      {may('tasks_run') && !isOver(fanout.status) && <ConfirmButton size="xs" label={say('cancel')} question={say('cancelQuestion')} onConfirm={() => cancel.mutate(fanout.id)} />}
      <Anchor component={Link} size="sm" to={`/tasks?fanout_id=${fanout.id}`}>{say('showTasks')}</Anchor>
    </>
  );
}

function Progressing({ fanout }: { fanout: FanoutView }) {
  const say = useFanoutText();
  const tasks = useTasksText();
  return (
    <Section title={say('progress')} actions={<TaskBadge task={fanout} />}>
      <Stack gap="sm">
        <FanoutProgress fanout={fanout} />
        <Group gap="xl">
          <Text size="sm">{say('begun', { begun: formatNumber(fanout.begun), all: formatNumber(fanout.agent_count) })}</Text>
          <Text size="sm">
            {say('batches')}: {[
              fanout.batch_size > 0 ? say('batchSize', { count: fanout.batch_size }) : say('allAtOnce'),
              ...(fanout.pause > 0 ? [say('pause', { time: formatSeconds(fanout.pause) })] : []),
              ...(fanout.max_failure_ratio < 1 ? [say('ratio', { percent: formatNumber(fanout.max_failure_ratio * 100) })] : []),
            ].join(', ')}
          </Text>
          {fanout.next_batch_at && <Text size="sm">{say('nextBatch')}: <TimeText at={fanout.next_batch_at} /></Text>}
          {fanout.finished_at && <Text size="sm">{tasks('finished')}: <TimeText at={fanout.finished_at} /></Text>}
        </Group>
        {fanout.problem && <ProblemAlert problem={fanout.problem} />}
      </Stack>
    </Section>
  );
}

function Asked({ fanout }: { fanout: FanoutView }) {
  const say = useFanoutText();
  const tasks = useTasksText();
  return (
    <Section title={tasks('what')}>
      <Stack gap="xs">
        <Text size="sm" className="wrap">{say('target')}: {targetText(fanout)} ({say('agents', { count: fanout.agent_count })})</Text>
        <Text size="sm">{tasks('createdBy')}: {fanout.created_by} · <TimeText at={fanout.created_at} /></Text>
        {fanout.command && <Code block className="wrap" mah={240} style={{ overflow: 'auto' }} tabIndex={0}>{fanout.command}</Code>}
        {fanout.params !== null && fanout.params !== undefined && <Code block mah={240} style={{ overflow: 'auto' }} tabIndex={0}>{JSON.stringify(fanout.params, null, 2)}</Code>}
      </Stack>
    </Section>
  );
}

function Failures({ failures }: { failures: FanoutFailure[] }) {
  const say = useFanoutText();
  const tasks = useTasksText();
  const common = useCommon();
  return (
    <Section title={say('failures')}>
      {failures.length === 0 ? <Text size="sm">{say('noFailures')}</Text> : (
        <>
          <DataTable<FanoutFailure>
            label={say('failures')} rows={failures} rowKey={(one) => one.task_id}
            columns={[
              { key: 'agent', title: common('agent'), cell: (one) => <Anchor component={Link} size="sm" to={`/agents/${one.agent_id}`}>{one.agent_id}</Anchor> },
              { key: 'status', title: common('status'), cell: (one) => <TaskBadge task={{ status: one.status }} /> },
              { key: 'why', title: say('why'), cell: (one) => <Anchor component={Link} size="sm" className="wrap" to={`/tasks/${one.task_id}`}>{one.why || tasks('task')}</Anchor> },
            ]}
          />
          {failures.length >= 100 && <Text size="sm" c="dimmed">{say('first')}</Text>}
        </>
      )}
    </Section>
  );
}
