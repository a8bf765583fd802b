import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { AgentView, MetricView } from '../api/schema';
import { aggregateOf } from '../charts/aggregates';
import { AggregateSelect } from '../charts/AggregateSelect';
import { LabelSelects } from '../charts/LabelSelects';
import { MetricSelect } from '../charts/MetricSelect';
import { PeriodPicker } from '../charts/PeriodPicker';
import { SummaryTable } from '../charts/SummaryTable';
import { useChartText } from '../charts/text';
import { questionOf, useSpan } from '../charts/useSpan';
import { labelsText } from '../format/labels';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { exportAddress } from '../charts/exportAddress';
import { RangeChart } from './RangeChart';
import { useAgentText } from './text';
import { useRanges } from './useRanges';

/** Any metric of the agent over time, those of its databases among them. */
export function MetricsTab({ agent: { name } }: { agent: AgentView }) {
  const say = useAgentText();
  const query = useQuery({
    queryKey: ['metrics', name],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/metrics', { params: { path: { agent: name } } })),
    staleTime: 60_000,
  });
  return (
    <Answered query={query}>
      {({ metrics }) => metrics.length === 0 ? <EmptyState title={say('noMetrics')}>{say('noMetricsHow')}</EmptyState> : <Chosen agent={name} metrics={metrics} />}
    </Answered>
  );
}

function Chosen({ agent, metrics }: { agent: string; metrics: MetricView[] }) {
  const say = useAgentText();
  const { get } = useAddress();
  const { span, choose } = useSpan();
  const metric = metrics.find((one) => one.metric === get('metric'));
  return (
    <Stack>
      <Group align="flex-end" gap="sm">
        <MetricSelect metrics={metrics} value={metric?.metric ?? null} />
        {metric && <LabelSelects metric={metric} />}
        {metric && <AggregateSelect isCounter={metric.kind === 'counter'} />}
        <PeriodPicker value={span.zoom ? '' : span.period} onChange={choose} />
      </Group>
      {metric ? <OneMetric agent={agent} metric={metric} /> : <EmptyState title={say('pick')}>{say('pickHow', { count: metrics.length })}</EmptyState>}
    </Stack>
  );
}

function OneMetric({ agent, metric: { metric, help } }: { agent: string; metric: MetricView }) {
  const say = useChartText();
  const { get, all } = useAddress();
  const { span } = useSpan();
  const labels = all('labels');
  const query = useRanges(agent, [metric], span, { ...(labels.length > 0 && { labels }), aggregate: aggregateOf(get('aggregate')) });
  return (
    <Section
      title={metric} about={help ?? undefined}
      actions={<Anchor size="sm" href={exportAddress([agent], metric, questionOf(span), labels)} download>{say('exportCsv')}</Anchor>}
    >
      <Answered query={query}>
        {(ranges) => ranges.map((range) => (
          <Stack key={range.metric}>
            <RangeChart title={metric} ranges={ranges} height={280} {...(range.unit === 'percent' && { max: 100 })} />
            <Text size="xs" c="dimmed">{say('aggregate')}: {say(range.aggregate)}</Text>
            <SummaryTable unit={range.unit} rows={range.series.map((one) => ({ key: labelsText(one.labels), name: labelsText(one.labels) || metric, summary: one.summary }))} />
          </Stack>
        ))}
      </Answered>
    </Section>
  );
}
