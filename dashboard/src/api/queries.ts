import { QueryClient } from '@tanstack/react-query';
import { isUnreachable, Problem } from './problem';

/** How often what is shown is asked for again (milliseconds): lists, and charts. Where the live feed tells of it, less often. */
export const pollLists = 5_000;
export const pollCharts = 30_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; a centre that restarts is there again soon.
      retry: (failures, failure) => !(failure instanceof Problem) || (isUnreachable(failure) && failures < 3),
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 10_000),
      staleTime: 1_000,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
