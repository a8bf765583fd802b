import type { ProcessGroup } from '../api/schema';
import { formatNumber, formatUnit } from '../format/number';
import { DataTable } from '../lists/DataTable';
import { CpuShare } from './ProcessList';
import { useAgentText } from './text';

/** What all processes of a name come to. */
export function ProcessGroups({ groups }: { groups: ProcessGroup[] }) {
  const say = useAgentText();
  return (
    <DataTable<ProcessGroup>
      label={say('processes')} rows={groups} rowKey={(one) => one.name}
      columns={[
        { key: 'name', title: say('processName'), cell: (one) => one.name },
        { key: 'count', title: say('processCount'), align: 'right', cell: (one) => formatNumber(one.total.count) },
        { key: 'cpu', title: say('cpu'), align: 'right', cell: (one) => <CpuShare normalized={one.total.cpu_percent_normalized} ofCore={one.total.cpu_percent} /> },
        { key: 'memory', title: say('memory'), align: 'right', cell: (one) => formatUnit(one.total.memory_bytes, 'bytes') },
        { key: 'share', title: '%', align: 'right', cell: (one) => formatUnit(one.total.memory_percent, 'percent'), wide: true },
        { key: 'threads', title: say('threads'), align: 'right', cell: (one) => formatUnit(one.total.threads, undefined), wide: true },
        { key: 'pids', title: say('pid'), cell: (one) => one.pids.join(', '), wide: true },
      ]}
    />
  );
}
