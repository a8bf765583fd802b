import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';

// What rules look at beside the agents' series (docs/alerts.md).
const others = ['agent_status', 'cpu_percent', 'memory_mb', 'system_cpu_percent', 'system_memory_percent'];

/** Names of metrics to choose from: those of the first agent, as an example of all. */
export function useMetricNames(): string[] {
  const { data } = useQuery({
    queryKey: ['metric-names'],
    staleTime: 60_000,
    queryFn: async () => {
      const { agents } = await bodyOf(api.GET('/api/v1/agents', { params: { query: { limit: 1 } } }));
      if (agents.length === 0) return [];
      const { metrics } = await bodyOf(api.GET('/api/v1/agents/{agent}/metrics', { params: { path: { agent: agents[0]!.name } } }));
      return metrics.map((one) => one.metric);
    },
  });
  return [...others, ...(data ?? [])];
}
