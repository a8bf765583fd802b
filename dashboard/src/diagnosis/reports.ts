import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';

/** What can be asked of an agent's database. */
export function useExperts() {
  return useQuery({ queryKey: ['experts'], queryFn: () => bodyOf(api.GET('/api/v1/experts')), staleTime: 300_000 });
}

/** Past reports of an agent, the newest first; before a time, and of one expert. */
export function useReports(agent: string, { expert, before, limit }: { expert?: string | undefined; before?: string | undefined; limit: number }, enabled = true) {
  return useQuery({
    queryKey: ['diagnoses', agent, expert, before, limit],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/diagnoses', {
      params: { path: { agent }, query: { ...(expert && { expert }), ...(before && { before }), limit } },
    })),
    enabled,
  });
}

/** One report, with all its details. */
export function useReport(agent: string, id: string | undefined) {
  return useQuery({
    queryKey: ['diagnosis', agent, id],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/diagnoses/{id}', { params: { path: { agent, id: id! } } })),
    enabled: id !== undefined,
    // A report never changes.
    staleTime: Infinity,
  });
}
