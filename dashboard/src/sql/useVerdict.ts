import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';

/** The guard's verdict on a statement while it is typed. `isPresent`: it is about the text of now. */
export function useVerdict(agent: string, sql: string) {
  const [typed] = useDebouncedValue(sql, 250);
  const query = useQuery({
    queryKey: ['verdict', agent, typed],
    queryFn: ({ signal }) => bodyOf(api.POST('/api/v1/agents/{agent}/sql/check', { params: { path: { agent } }, body: { sql: typed }, signal })),
    enabled: agent !== '' && typed.trim() !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return { verdict: query.data, error: query.error, isPresent: typed === sql && query.data !== undefined && !query.isPlaceholderData };
}
