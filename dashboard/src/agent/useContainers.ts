import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import { useMay } from '../session/session';
import { containersOf } from './containers';

/** The containers of an agent's machine, with what they use now. */
export function useContainers(agent: string) {
  const enabled = useMay()('metrics_read');
  return useQuery({
    queryKey: ['latest', agent, 'container_*'],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/metrics/latest', { params: { path: { agent }, query: { metric: 'container_*' } } })),
    select: ({ series }) => containersOf(series),
    // Containers are measured each 10 s.
    refetchInterval: 2 * pollLists,
    enabled,
  });
}
