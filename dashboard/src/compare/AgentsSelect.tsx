import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { useCompareText } from './text';

// So many names are offered at a time; typing finds the others.
const offered = 50;

/** As many agents as the centre compares. */
export const mostAgents = 20;

/** Chooses agents out of any number: the centre searches while the viewer types. */
export function AgentsSelect({ value, onChange }: { value: string[]; onChange: (agents: string[]) => void }) {
  const say = useCompareText();
  const [search, setSearch] = useState('');
  const [typed] = useDebouncedValue(search, 200);
  const { data } = useQuery({
    queryKey: ['fleet', 'names', typed],
    queryFn: () => bodyOf(api.GET('/api/v1/fleet', { params: { query: { ...(typed && { search: typed }), sort: 'name', page_size: offered } } })),
    placeholderData: keepPreviousData,
  });
  const found = data?.items.map(({ name }) => name) ?? [];
  return (
    <MultiSelect
      size="xs" w={{ base: '100%', sm: 420 }} label={say('agents')} description={say('agentsHow', { count: value.length, max: mostAgents })} placeholder={say('findAgents')}
      searchable clearable hidePickedOptions maxValues={mostAgents} value={value} onChange={onChange} searchValue={search} onSearchChange={setSearch}
      data={[...new Set([...value, ...found])]} filter={({ options }) => options}
    />
  );
}
