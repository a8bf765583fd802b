import { SimpleGrid, Stack } from '@mantine/core';
import type { AgentView } from '../api/schema';
import { PeriodPicker } from '../charts/PeriodPicker';
import { useSpan } from '../charts/useSpan';
import { formatUnit } from '../format/number';
import { type Column, DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import type { Container } from './containers';
import { RangeChart } from './RangeChart';
import { useAgentText } from './text';
import { useContainers } from './useContainers';
import { useRanges } from './useRanges';

/** The containers of the machine: what they use now, and what they used. */
export function ContainersTab({ agent: { name } }: { agent: AgentView }) {
  const say = useAgentText();
  const query = useContainers(name);
  return (
    <Answered query={query}>
      {(containers) => containers.length === 0 ? <EmptyState title={say('noContainers')}>{say('noContainersHow')}</EmptyState> : (
        <Stack>
          <Section title={say('now')}><DataTable label={say('containers')} rows={containers} rowKey={(one) => `${one.name} ${one.image}`} columns={columnsOf(say)} /></Section>
          <Charts agent={name} />
        </Stack>
      )}
    </Answered>
  );
}

function columnsOf(say: ReturnType<typeof useAgentText>): Column<Container>[] {
  const figure = (key: string, title: string, metric: string, unit: string, wide = false): Column<Container> =>
    ({ key, title, align: 'right', wide, cell: ({ values }) => formatUnit(values[metric], unit) });
  return [
    { key: 'name', title: say('container'), cell: (one) => one.name },
    { key: 'image', title: say('image'), cell: (one) => one.image || '–', wide: true },
    figure('cpu', say('cpu'), 'container_cpu_percent_normalized', 'percent'),
    figure('memory', say('memory'), 'container_memory_bytes', 'bytes'),
    figure('limit', say('limit'), 'container_memory_limit_bytes', 'bytes', true),
    figure('received', say('received'), 'container_network_received_bytes_total', 'bytes per second', true),
    figure('sent', say('sent'), 'container_network_sent_bytes_total', 'bytes per second', true),
    figure('read', say('read'), 'container_disk_read_bytes_total', 'bytes per second', true),
    figure('written', say('written'), 'container_disk_written_bytes_total', 'bytes per second', true),
    figure('processes', say('processes'), 'container_processes', ''),
  ];
}

function Charts({ agent }: { agent: string }) {
  const say = useAgentText();
  const { span, choose } = useSpan();
  const cpu = useRanges(agent, ['container_cpu_percent_normalized'], span);
  const memory = useRanges(agent, ['container_memory_bytes'], span);
  return (
    <Section title={say('charts')} about={say('zoomHow')} actions={<PeriodPicker value={span.zoom ? '' : span.period} onChange={choose} />}>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Answered query={cpu}>{(ranges) => <RangeChart title={say('cpuChart')} ranges={ranges} by="container" />}</Answered>
        <Answered query={memory}>{(ranges) => <RangeChart title={say('memoryChart')} ranges={ranges} by="container" />}</Answered>
      </SimpleGrid>
    </Section>
  );
}
