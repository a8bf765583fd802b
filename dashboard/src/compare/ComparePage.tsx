import { Anchor, Group, Select, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import { aggregateOf } from '../charts/aggregates';
import { AggregateSelect } from '../charts/AggregateSelect';
import { exportAddress } from '../charts/exportAddress';
import { LabelSelects } from '../charts/LabelSelects';
import { MetricSelect } from '../charts/MetricSelect';
import { PeriodPicker } from '../charts/PeriodPicker';
import { useChartText } from '../charts/text';
import { questionOf, useSpan } from '../charts/useSpan';
import { useCommon } from '../language/common';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { AgentsSelect, mostAgents } from './AgentsSelect';
import { Comparison } from './Comparison';
import { useCompareText } from './text';

// As many as the centre takes.
const mostBefore = 11;

const firstMetric = 'host_cpu_percent_normalized';

/** One metric of several agents, or of this period and those before it. */
export default function ComparePage() {
  const common = useCommon();
  const say = useCompareText();
  const { all } = useAddress();
  const agents = all('agent').slice(0, mostAgents);
  return (
    <>
      <PageHead title={common('compare')} />
      <Stack>
        <Choices agents={agents} />
        {agents.length === 0 ? <EmptyState title={say('choose')}>{say('chooseHow')}</EmptyState> : <Compared agents={agents} />}
      </Stack>
    </>
  );
}

function Choices({ agents }: { agents: string[] }) {
  const say = useCompareText();
  const { get, set } = useAddress();
  const { span, choose } = useSpan();
  const [first] = agents;
  // What the first one has measured is offered: agents that are compared are alike.
  const { data } = useQuery({
    queryKey: ['metrics', first],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/metrics', { params: { path: { agent: first! } } })),
    enabled: first !== undefined,
    staleTime: 60_000,
  });
  const metric = get('metric') || firstMetric;
  const known = data?.metrics.find((one) => one.metric === metric);
  const before = Array.from({ length: mostBefore + 1 }, (_, count) => ({ value: String(count), label: count === 0 ? say('beforeNone') : String(count) }));
  return (
    <Group align="flex-end" gap="sm">
      <AgentsSelect value={agents} onChange={(agent) => set({ agent })} />
      <MetricSelect metrics={known ? data!.metrics : [{ metric }, ...(data?.metrics ?? [])]} value={metric} />
      {known && <LabelSelects metric={known} />}
      <AggregateSelect isCounter={known?.kind === 'counter'} />
      <Select size="xs" w={150} label={say('before')} allowDeselect={false} value={String(beforeOf(get('previous')))} data={before} onChange={(previous) => set({ previous: previous === '0' ? '' : (previous ?? '') })} />
      <PeriodPicker value={span.zoom ? '' : span.period} onChange={choose} />
    </Group>
  );
}

function Compared({ agents }: { agents: string[] }) {
  const say = useChartText();
  const { get, all } = useAddress();
  const { span } = useSpan();
  const metric = get('metric') || firstMetric;
  const labels = all('labels');
  const previous = beforeOf(get('previous'));
  const aggregate = aggregateOf(get('aggregate'));
  const question = { agents, metric, ...questionOf(span), ...(labels.length > 0 && { labels }), ...(previous > 0 && { previous }), ...(aggregate && { aggregate }) };
  const query = useQuery({
    queryKey: ['compare', question],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/metrics/compare', { params: { query: question }, signal })),
    refetchInterval: span.zoom ? false : pollCharts,
    placeholderData: keepPreviousData,
  });
  return (
    <Answered query={query}>
      {(comparison) => (
        <Stack>
          <Comparison comparison={comparison} />
          <Text size="sm"><Anchor href={exportAddress(agents, metric, questionOf(span), labels)} download>{say('exportCsv')}</Anchor></Text>
        </Stack>
      )}
    </Answered>
  );
}

function beforeOf(text: string): number {
  const count = Number(text);
  return Number.isInteger(count) && count > 0 ? Math.min(count, mostBefore) : 0;
}
