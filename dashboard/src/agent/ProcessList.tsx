import { Text } from '@mantine/core';
import type { ProcessView } from '../api/schema';
import { formatUnit } from '../format/number';
import { DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { useAgentText } from './text';

/** Processes as rows. CPU is of the whole machine; of one core on hovering. */
export function ProcessList({ processes }: { processes: ProcessView[] }) {
  const say = useAgentText();
  return (
    <DataTable<ProcessView>
      label={say('processes')} rows={processes} rowKey={(one) => String(one.pid)}
      columns={[
        { key: 'pid', title: say('pid'), align: 'right', cell: (one) => String(one.pid) },
        {
          key: 'name', title: say('processName'), cell: (one) => (
            <>
              <Text size="sm" className="wrap">{one.name}</Text>
              {one.command && <Text size="xs" c="dimmed" lineClamp={1} className="wrap" title={one.command}>{one.command}</Text>}
            </>
          ),
        },
        { key: 'cpu', title: say('cpu'), align: 'right', cell: (one) => <CpuShare normalized={one.cpu_percent_normalized} ofCore={one.cpu_percent} /> },
        { key: 'memory', title: say('memory'), align: 'right', cell: (one) => formatUnit(one.memory_bytes, 'bytes') },
        { key: 'share', title: '%', align: 'right', cell: (one) => formatUnit(one.memory_percent, 'percent'), wide: true },
        { key: 'threads', title: say('threads'), align: 'right', cell: (one) => formatUnit(one.threads, undefined), wide: true },
        { key: 'read', title: say('readBytes'), align: 'right', cell: (one) => formatUnit(one.disk_read_bytes, 'bytes'), wide: true },
        { key: 'written', title: say('writtenBytes'), align: 'right', cell: (one) => formatUnit(one.disk_write_bytes, 'bytes'), wide: true },
        { key: 'started', title: say('startedAt'), cell: (one) => <TimeText at={one.started_at} />, wide: true },
      ]}
    />
  );
}

/** CPU of the whole machine; of one core on hovering. */
export function CpuShare({ normalized, ofCore }: { normalized: number | null | undefined; ofCore: number | null | undefined }) {
  const say = useAgentText();
  return <span title={say('ofCore', { percent: formatUnit(ofCore, 'percent') })}>{formatUnit(normalized, 'percent')}</span>;
}
