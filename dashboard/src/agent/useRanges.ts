import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { MetricAggregate, MetricRange } from '../api/schema';
import { questionOf, type Span } from '../charts/useSpan';

/** What is asked of a metric besides its name. */
export interface RangeChoice {
  /** `name=value`; all must hold. */
  labels?: string[];
  aggregate?: MetricAggregate | undefined;
}

/** Metrics of an agent over a span of time, those that are there; asked for again while the span goes on. */
export function useRanges(agent: string, metrics: string[], span: Span, choice: RangeChoice = {}) {
  return useQueries({
    queries: metrics.map((metric) => ({
      queryKey: ['range', agent, metric, span, choice],
      queryFn: ({ signal }: { signal: AbortSignal }) => bodyOf(api.GET('/api/v1/agents/{agent}/metrics/range', {
        params: { path: { agent }, query: { metric, ...questionOf(span), ...choice } }, signal,
      })),
      refetchInterval: span.zoom ? (false as const) : pollCharts,
      placeholderData: (before: MetricRange | undefined) => before,
    })),
    combine: together,
  });
}

// Not made anew each time, so that what hasn't changed stays the same object and isn't drawn again.
function together(answers: UseQueryResult<MetricRange>[]) {
  return {
    data: answers.every(({ data, error }) => data || error) ? answers.flatMap(({ data }) => data ?? []) : undefined,
    error: answers.find(({ error }) => error)?.error ?? null,
    refetch: () => answers.forEach((one) => void one.refetch()),
  };
}
