import { useDebouncedValue, useThrottledValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, usePrefetchQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { FleetPage } from '../api/schema';
import { useConnection, useLiveValues } from '../api/useLive';
import { usePoll } from '../api/usePoll';
import { type FleetFilter, pageSize, questionOf } from './filter';
import { type Figures, liveFigures, liveMetrics, rowAt } from './rows';

// Names that a live subscription takes.
const mostLive = 64;
// The scroll has come to rest.
const rest = 300;
const sparklineAge = 30_000;

/** What all agents come to, and how many match the filter. */
export function useFleetTotals(filter: FleetFilter) {
  return useQuery({
    queryKey: ['fleet', 'totals', filter],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/fleet', { params: { query: questionOf(filter, 1, 1) }, signal })),
    refetchInterval: pollLists,
    placeholderData: keepPreviousData,
  });
}

/** A page of the list, from 1 on. */
const pageQuery = (filter: FleetFilter, page: number) => queryOptions({
  queryKey: ['fleet', 'page', filter, page],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/fleet', { params: { query: questionOf(filter, page, pageSize) }, signal })),
  staleTime: pollLists,
});

/** Asks for the first page beside the totals instead of after them. */
export function usePrefetchFleet(filter: FleetFilter): void {
  usePrefetchQuery(pageQuery(filter, 1));
}

/** Pages of the list, as far as they are there. */
export function useFleetPages(filter: FleetFilter, pages: number[]): { pages: Map<number, FleetPage>; error: unknown } {
  // The live feed tells of values and status; the order and the alerts come with the pages.
  const refetchInterval = usePoll();
  // A quick pull at the scroll bar goes over a hundred pages: those are not asked for.
  const wanted = useThrottledValue(pages.join(), rest).split(',').map(Number);
  const answers = useQueries({
    queries: wanted.map((page) => ({ ...pageQuery(filter, page), refetchInterval })),
  });
  return {
    pages: new Map(answers.flatMap(({ data }, index) => (data ? [[wanted[index]!, data]] : []))),
    error: answers.find(({ error }) => error)?.error,
  };
}

/** The names of the agents that are looked at, once the scroll rests. */
export function useSeenAgents(pages: ReadonlyMap<number, FleetPage>, first: number, last: number): string[] {
  const names: string[] = [];
  for (let index = first; index <= last && names.length < mostLive; index++) {
    const name = rowAt(pages, index)?.name;
    if (name) names.push(name);
  }
  const [rested] = useDebouncedValue(names.sort().join(), rest);
  return useMemo(() => (rested === '' ? [] : rested.split(',')), [rested]);
}

/** What the live feed tells of agents; nothing while it is down, so that what is polled counts. */
export function useLiveFigures(names: string[]): Map<string, Partial<Figures>> {
  const open = useConnection() === 'open';
  const known = useLiveValues(names.length === 0 ? null : { agents: names, metrics: liveMetrics });
  return useMemo(() => (open ? liveFigures(known) : new Map()), [open, known]);
}

/** CPU of the last hour of agents. */
export function useSparklines(names: string[]): Map<string, (number | null)[]> {
  const { data } = useQuery({
    queryKey: ['fleet', 'sparklines', names],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/fleet/sparklines', { params: { query: { agents: names } }, signal })),
    enabled: names.length > 0,
    staleTime: sparklineAge,
    refetchInterval: sparklineAge,
    // Those of rows that are still seen stay.
    placeholderData: keepPreviousData,
  });
  return useMemo(() => new Map(data?.items.map((one) => [one.agent, one.values])), [data]);
}
