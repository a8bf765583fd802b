import { Alert, Badge, Code, SimpleGrid, Stack, Text } from '@mantine/core';
import type { AgentView, DatabaseState } from '../api/schema';
import { PeriodPicker } from '../charts/PeriodPicker';
import { useSpan } from '../charts/useSpan';
import { labelParts } from '../format/labels';
import { formatBytes, formatUnit } from '../format/number';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useMay } from '../session/session';
import { Fact, Facts } from './Facts';
import { Gauges } from './Gauges';
import { RangeChart } from './RangeChart';
import { useAgentText } from './text';
import { useGauges } from './useGauges';
import { useRanges } from './useRanges';

/** What the machine is, what it does now, and what it did. */
export function OverviewTab({ agent }: { agent: AgentView }) {
  const mayMeasure = useMay()('metrics_read');
  return (
    <Stack>
      <Machine agent={agent} />
      {mayMeasure && <Now agent={agent.name} />}
      {mayMeasure && <Charts agent={agent.name} />}
      <Databases states={agent.databases} />
    </Stack>
  );
}

function Machine({ agent }: { agent: AgentView }) {
  const say = useAgentText();
  const { facts } = agent;
  return (
    <Section title={say('facts')}>
      {agent.metrics?.problem && <Alert color="orange" mb="sm" title={say('reportFails')}>{agent.metrics.problem.message}</Alert>}
      <Facts>
        <Fact name={say('host')}>{facts?.hostname ?? '–'}</Fact>
        <Fact name={say('os')}>{facts?.os ?? '–'}</Fact>
        <Fact name={say('arch')}>{facts?.arch ?? '–'}</Fact>
        <Fact name={say('cpus')}>{formatUnit(facts?.cpus, undefined)}</Fact>
        <Fact name={say('memory')}>{facts?.memory_bytes ? formatBytes(facts.memory_bytes) : '–'}</Fact>
        <Fact name={say('version')}>{facts?.version ?? '–'}</Fact>
        <Fact name={say('enrolledAt')}><TimeText at={agent.enrolled_at} /></Fact>
        <Fact name={say('connectedAt')}><TimeText at={agent.connected ? agent.connected_at : null} /></Fact>
        <Fact name={say('lastSeen')}><TimeText at={agent.last_seen_at} /></Fact>
        <Fact name={say('reportedAt')}><TimeText at={agent.metrics?.last_report_at} /></Fact>
        <Fact name={say('labels')}>{labelParts(facts?.labels).map((label) => <Code key={label}>{label}</Code>)}{labelParts(facts?.labels).length === 0 && '–'}</Fact>
        <Fact name={say('can')}>{facts?.capabilities.join(', ') || '–'}</Fact>
      </Facts>
    </Section>
  );
}

function Now({ agent }: { agent: string }) {
  const say = useAgentText();
  const query = useGauges(agent);
  return (
    <Section title={say('now')}>
      <Answered query={query}>{(readings) => (readings.length === 0 ? <EmptyState title={say('notMeasured')} /> : <Gauges readings={readings} />)}</Answered>
    </Section>
  );
}

function Charts({ agent }: { agent: string }) {
  const say = useAgentText();
  const { span, choose } = useSpan();
  return (
    <Section title={say('charts')} about={say('zoomHow')} actions={<PeriodPicker value={span.zoom ? '' : span.period} onChange={choose} />}>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Chart agent={agent} title={say('cpuChart')} metrics={{ host_cpu_percent_normalized: say('cpu') }} max={100} />
        <Chart agent={agent} title={say('memoryChart')} metrics={{ host_memory_percent: say('memory'), host_swap_percent: say('swap') }} max={100} />
        <Chart agent={agent} title={say('loadChart')} metrics={{ host_load1: '1 min', host_load5: '5 min', host_load15: '15 min' }} />
        <Chart agent={agent} title={say('diskChart')} metrics={{ host_disk_percent: '' }} by="mount" max={100} />
        <Chart agent={agent} title={say('diskIoChart')} metrics={{ host_disk_read_bytes_total: say('read'), host_disk_written_bytes_total: say('written') }} by="device" />
        <Chart agent={agent} title={say('networkChart')} metrics={{ host_network_received_bytes_total: say('received'), host_network_sent_bytes_total: say('sent') }} by="interface" />
      </SimpleGrid>
    </Section>
  );
}

/** A chart of metrics of the machine, each with what it is called in it. */
function Chart({ agent, title, metrics, by, max }: { agent: string; title: string; metrics: Record<string, string>; by?: string; max?: number }) {
  const { span } = useSpan();
  const query = useRanges(agent, Object.keys(metrics), span);
  return <Answered query={query}>{(ranges) => <RangeChart title={title} ranges={ranges} names={metrics} {...(by && { by })} {...(max && { max })} />}</Answered>;
}

function Databases({ states }: { states: DatabaseState[] }) {
  const say = useAgentText();
  const common = useCommon();
  const stateName = (state: string) => (state === 'ok' ? say('ok') : state === 'unreachable' ? say('unreachable') : common('unknown'));
  return (
    <Section title={say('databases')}>
      {states.length === 0 ? <Text size="sm" c="dimmed">{say('noDatabases')}</Text> : (
        <DataTable<DatabaseState>
          label={say('databases')} rows={states} rowKey={(one) => one.name}
          columns={[
            { key: 'name', title: say('database'), cell: (one) => one.name },
            {
              key: 'state', title: common('status'),
              cell: (one) => <Badge variant="light" className="contrast" color={one.state === 'ok' ? 'green' : one.state === 'unreachable' ? 'red' : 'gray'}>{stateName(one.state)}</Badge>,
            },
            { key: 'version', title: say('serverVersion'), cell: (one) => one.version ?? '–' },
            { key: 'message', title: say('why'), cell: (one) => one.message ?? '' },
          ]}
        />
      )}
    </Section>
  );
}
