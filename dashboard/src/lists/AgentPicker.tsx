import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';

// So many names are offered at a time; typing finds the others.
const offered = 50;

/** Chooses an agent by name out of any number: the centre searches while the viewer types. */
export function AgentPicker({ value, onChange, label }: { value: string; onChange: (agent: string) => void; label?: string }) {
  const common = useCommon();
  const [search, setSearch] = useState(value);
  const [typed] = useDebouncedValue(search === value ? '' : search, 200);
  const query = useQuery({
    queryKey: ['fleet', 'names', typed],
    queryFn: () => bodyOf(api.GET('/api/v1/fleet', { params: { query: { ...(typed && { search: typed }), sort: 'name', page_size: offered } } })),
    placeholderData: keepPreviousData,
  });
  const found = query.data?.items.map((agent) => ({ value: agent.name, label: agent.name, status: agent.status })) ?? [];
  const known = value === '' || found.some((agent) => agent.value === value);
  return (
    <Select
      label={label ?? common('agent')} searchable allowDeselect={false} miw={220} w={{ base: '100%', xs: 260 }}
      data={known ? found : [{ value, label: value }, ...found]} value={value || null} onChange={(agent) => agent && onChange(agent)}
      searchValue={search} onSearchChange={setSearch} filter={({ options }) => options} nothingFoundMessage={query.isFetching ? common('loading') : common('none')}
      maxDropdownHeight={320} renderOption={({ option }) => <AgentOption option={option} />}
    />
  );
}

function AgentOption({ option }: { option: { label: string; status?: 'online' | 'degraded' | 'offline' } }) {
  const common = useCommon();
  return <span className="wrap">{option.label}{option.status && option.status !== 'online' && ` (${common(option.status)})`}</span>;
}
