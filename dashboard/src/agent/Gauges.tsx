import { Group, Paper, Progress, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatBytes, formatUnit } from '../format/number';
import { fillColor } from '../theme/severity';
import { fileSystems, networkRate, type Reading, valueOf } from './gauges';
import { useAgentText } from './text';

/** What the machine does now. */
export function Gauges({ readings }: { readings: Reading[] }) {
  const say = useAgentText();
  const value = (metric: string) => valueOf(readings, metric);
  const of = (used: number | null, total: number | null) => (used === null || total === null ? undefined : say('ofTotal', { used: formatBytes(used), total: formatBytes(total) }));
  const swap = value('host_swap_percent');
  const rate = (direction: string) => formatUnit(networkRate(readings, `host_network_${direction}_bytes_total`), 'bytes per second');
  return (
    <SimpleGrid cols={{ base: 2, md: 3, lg: 4 }} spacing="sm">
      <Gauge name={say('cpu')} percent={value('host_cpu_percent_normalized')} />
      <Gauge name={say('memory')} percent={value('host_memory_percent')} about={of(value('host_memory_used_bytes'), value('host_memory_total_bytes'))} />
      {swap !== null && <Gauge name={say('swap')} percent={swap} />}
      <Card name={say('load')}>{['host_load1', 'host_load5', 'host_load15'].map((metric) => formatUnit(value(metric), undefined)).join(' · ')}</Card>
      <Card name={say('network')}>↓ {rate('received')} {say('received')}<br />↑ {rate('sent')} {say('sent')}</Card>
      <Card name={say('processes')}>{formatUnit(value('host_processes'), undefined)}</Card>
      <Card name={say('uptime')}>{formatUnit(value('host_uptime_seconds'), 'seconds')}</Card>
      {fileSystems(readings).map(({ mount, percent, used, total }) => (
        <Gauge key={mount} name={say('disk', { mount })} percent={percent} about={of(used, total)} />
      ))}
    </SimpleGrid>
  );
}

function Gauge({ name, percent, about }: { name: string; percent: number | null; about?: string | undefined }) {
  return (
    <Card name={name}>
      <Group justify="space-between" gap={4}>
        <Text fw={600}>{formatUnit(percent, 'percent')}</Text>
        {about && <Text size="xs" c="dimmed">{about}</Text>}
      </Group>
      {percent !== null && <Progress value={Math.min(100, percent)} color={fillColor(percent)} mt={4} aria-label={name} />}
    </Card>
  );
}

function Card({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Paper withBorder p="xs">
      <Text size="xs" c="dimmed" className="wrap">{name}</Text>
      <Text size="sm" component="div">{children}</Text>
    </Paper>
  );
}
