import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { AgentView, ProcessAnswer } from '../api/schema';
import { formatNumber, formatSeconds } from '../format/number';
import { formatShortTime } from '../format/time';
import { SearchInput } from '../lists/SearchInput';
import { Answered, EmptyState } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { ProcessGroups } from './ProcessGroups';
import { ProcessList } from './ProcessList';
import { ProcessTree } from './ProcessTree';
import { useAgentText } from './text';

const orders = ['-cpu', '-memory', 'name', 'pid'];

// As many as the centre gives at a time.
const most = 100;

/** The processes of the machine that used most, as the agent saw them last. */
export function ProcessesTab({ agent: { name: agent } }: { agent: AgentView }) {
  const say = useAgentText();
  const { get, set } = useAddress();
  const view = ['tree', 'groups'].find((one) => one === get('view')) ?? 'flat';
  const sort = orders.find((one) => one === get('sort')) ?? '-cpu';
  const name = get('name');
  const query = useQuery({
    queryKey: ['processes', agent, view, sort, name],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/processes', {
      params: { path: { agent }, query: { sort, limit: most, ...(view === 'groups' ? { group: 'name' } : { view }), ...(name && { name: `*${name}*` }) } },
    })),
    // A snapshot is taken each minute.
    refetchInterval: pollCharts,
    placeholderData: keepPreviousData,
  });
  const sortNames: Record<string, string> = { '-cpu': say('byCpu'), '-memory': say('byMemory'), name: say('processName'), pid: say('byPid') };
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          size="xs" aria-label={say('view')} value={view} onChange={(chosen) => set({ view: chosen === 'flat' ? '' : chosen })}
          data={[{ value: 'flat', label: say('flat') }, { value: 'tree', label: say('tree') }, { value: 'groups', label: say('byName') }]}
        />
        <SearchInput label={say('processName')} value={name} onChange={(text) => set({ name: text })} />
        <Select
          size="xs" w={150} label={say('sort')} allowDeselect={false} value={sort} data={orders.map((value) => ({ value, label: sortNames[value]! }))}
          onChange={(chosen) => set({ sort: chosen === '-cpu' ? '' : (chosen ?? '') })}
        />
      </Group>
      <Answered query={query}>{(answer) => <Shown answer={answer} isFiltered={name !== ''} />}</Answered>
    </Stack>
  );
}

function Shown({ answer, isFiltered }: { answer: ProcessAnswer; isFiltered: boolean }) {
  const say = useAgentText();
  const { time, age_seconds: age, total, processes, groups } = answer;
  if (!time) return <EmptyState title={say('noProcesses')}>{say('noProcessesHow')}</EmptyState>;
  if ((processes ?? groups ?? []).length === 0) return <EmptyState title={say(isFiltered ? 'noSuchProcess' : 'noProcesses')} />;
  return (
    <>
      <Text size="xs" c="dimmed">
        {say('sampled', { time: formatShortTime(time), age: formatSeconds(Math.max(1, age ?? 0)), total: total === null || total === undefined ? '–' : formatNumber(total) })}
      </Text>
      {groups ? <ProcessGroups groups={groups} /> : processes!.some((one) => one.children) ? <ProcessTree roots={processes!} /> : <ProcessList processes={processes!} />}
    </>
  );
}
