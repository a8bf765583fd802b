import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { type Connection, liveFeed, type LiveTopic, type LiveUpdate } from './live';

/** How the live feed is connected. */
export function useConnection(): Connection {
  return useSyncExternalStore(liveFeed.onConnection, () => liveFeed.connection);
}

/** Hears of a topic while the component is shown; null: of nothing. Compared by what it says, so it may be made anew each time. */
export function useLive(topic: LiveTopic | null, onUpdate: (update: LiveUpdate) => void, onError?: (message: string) => void): void {
  const text = topic === null ? null : JSON.stringify(topic);
  const handle = useEffectEvent(onUpdate);
  const refused = useEffectEvent((message: string) => onError?.(message));
  useEffect(() => (text === null ? undefined : liveFeed.subscribe(JSON.parse(text) as LiveTopic, (update) => handle(update), (message) => refused(message))), [text]);
}

/** The newest value of one series, as the live feed told it. */
export interface LiveValue {
  agent: string;
  metric: string;
  labels: Record<string, string>;
  time: number;
  value: number | null;
}

/** The newest values of a topic, by agent and series, and how each agent is. */
export interface LiveValues {
  values: ReadonlyMap<string, LiveValue>;
  statuses: ReadonlyMap<string, 'online' | 'degraded' | 'offline'>;
}

/** Keeps the newest values of a topic; empty until the first update, and while the feed is down as they were. */
export function useLiveValues(topic: LiveTopic | null): LiveValues {
  const [known, setKnown] = useState<LiveValues>({ values: new Map(), statuses: new Map() });
  useLive(topic, (update) => setKnown((before) => merge(update.full ? { values: new Map(), statuses: new Map() } : before, update)));
  return known;
}

/** What is known after an update. A series is named once and numbered from then on. */
export function merge(known: LiveValues, update: LiveUpdate): LiveValues {
  const values = new Map(known.values);
  const statuses = new Map(known.statuses);
  for (const agent of update.agents ?? []) {
    if (agent.status) statuses.set(agent.agent, agent.status);
    if (agent.gone) {
      statuses.delete(agent.agent);
      for (const [key, value] of values) if (value.agent === agent.agent) values.delete(key);
    }
    for (const one of agent.series ?? []) {
      const key = `${agent.agent} ${one.n}`;
      const named = one.metric === undefined ? values.get(key) : { metric: one.metric, labels: one.labels ?? {} };
      if (named) {
        const value = typeof one.value === 'number' ? one.value : null;
        values.set(key, { agent: agent.agent, metric: named.metric, labels: named.labels, time: one.time, value });
      }
    }
  }
  return { values, statuses };
}
