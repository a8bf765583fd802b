import { ActionIcon, Group, MultiSelect, Select } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';
import { SearchInput } from '../lists/SearchInput';
import { useAddress } from '../lists/useAddress';
import { type FleetFilter, type FleetSort, reorder, sorts, statuses } from './filter';
import { useFleetText } from './text';

/** What of the fleet is shown, in which order. */
export function FleetFilters({ filter }: { filter: FleetFilter }) {
  const say = useFleetText();
  const common = useCommon();
  const { set } = useAddress();
  const sortNames = useSortNames();
  return (
    <Group gap="sm" align="flex-end" mb="sm" component="search">
      <SearchInput label={common('search')} placeholder={say('searchHow')} value={filter.search} onChange={(search) => set({ search })} />
      <LabelFilter chosen={filter.labels} onChange={(label) => set({ label })} />
      <Select
        size="xs" w={120} label={common('status')} placeholder={say('anyStatus')} clearable value={filter.status ?? null}
        data={statuses.map((value) => ({ value, label: common(value) }))} onChange={(status) => set({ status: status ?? '' })}
      />
      <Group gap={4} align="flex-end">
        <Select
          size="xs" w={140} label={say('sort')} allowDeselect={false} value={filter.sort}
          data={Object.keys(sorts).map((value) => ({ value, label: sortNames[value as FleetSort] }))}
          onChange={(sort) => sort && sort !== filter.sort && set(reorder(filter, sort as FleetSort))}
        />
        <ActionIcon variant="default" size={30} aria-label={say('turn')} aria-pressed={filter.descending !== sorts[filter.sort]} onClick={() => set(reorder(filter, filter.sort))}>
          <IconArrowsSort size={16} />
        </ActionIcon>
      </Group>
    </Group>
  );
}

function LabelFilter({ chosen, onChange }: { chosen: string[]; onChange: (labels: string[]) => void }) {
  const say = useFleetText();
  const { data } = useQuery({ queryKey: ['fleet', 'labels'], queryFn: () => bodyOf(api.GET('/api/v1/fleet/labels')), staleTime: 60_000 });
  const known = data?.items.map(({ name, values }) => ({
    group: name, items: values.map(({ value, agents }) => ({ value: `${name}=${value}`, label: `${name}=${value} (${agents})` })),
  })) ?? [];
  // A label of a shared address that no agent has any more can still be taken out.
  const listed = new Set(known.flatMap(({ items }) => items.map(({ value }) => value)));
  const lost = chosen.filter((label) => !listed.has(label)).map((label) => ({ value: label, label }));
  return (
    <MultiSelect
      size="xs" miw={180} maw={360} label={say('labels')} searchable clearable hidePickedOptions limit={100} value={chosen} onChange={onChange}
      data={[...known, ...lost]}
    />
  );
}

/** What the orders are called. */
export function useSortNames(): Record<FleetSort, string> {
  const say = useFleetText();
  const common = useCommon();
  return {
    worst: say('sort_worst'), name: common('name'), status: common('status'), cpu: say('cpu'), memory: say('memory'), disk: say('disk'),
    alerts: say('alerts'), last_seen: say('lastSeen'),
  };
}
