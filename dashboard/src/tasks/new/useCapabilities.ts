import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';

/** What an agent's policy enables; undefined: that isn't known. */
export function useCapabilities(agent: string): readonly string[] | undefined {
  const { data } = useQuery({
    queryKey: ['agents', 'one', agent],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}', { params: { path: { agent } } })),
    enabled: agent !== '',
    staleTime: 30_000,
  });
  return data?.facts?.capabilities;
}
