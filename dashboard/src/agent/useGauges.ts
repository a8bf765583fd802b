import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { useConnection, useLive } from '../api/useLive';
import { usePoll } from '../api/usePoll';
import { advance, gaugeMetrics, noRates, readings } from './gauges';

/** What an agent's machine measures now: told by the live feed, asked for until it tells and while it is down. */
export function useGauges(agent: string) {
  const open = useConnection() === 'open';
  const refetchInterval = usePoll();
  const query = useQuery({
    queryKey: ['latest', agent, 'host_*'],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/metrics/latest', { params: { path: { agent }, query: { metric: 'host_*' } } })),
    refetchInterval,
  });
  const [told, setTold] = useState(noRates);
  useLive({ agents: [agent], metrics: gaugeMetrics }, (update) => setTold((before) => advance(before, update)));
  return { ...query, data: query.data && readings(query.data.series, open ? told : noRates) };
}
