import type { LiveUpdate } from '../api/live';
import type { LatestView } from '../api/schema';
import { type LiveValues, merge } from '../api/useLive';

/** What the gauges of an agent's machine are of. */
export const gaugeMetrics = [
  'host_cpu_percent_normalized', 'host_memory_percent', 'host_memory_used_bytes', 'host_memory_total_bytes', 'host_swap_percent', 'host_load1', 'host_load5',
  'host_load15', 'host_disk_percent', 'host_disk_used_bytes', 'host_disk_total_bytes', 'host_network_received_bytes_total', 'host_network_sent_bytes_total',
  'host_uptime_seconds', 'host_processes',
];

/** What the live feed has told, with the rates of counters between their last two samples. */
export interface LiveRates {
  live: LiveValues;
  rates: ReadonlyMap<string, number>;
}

export const noRates: LiveRates = { live: { values: new Map(), statuses: new Map() }, rates: new Map() };

/** What is known after an update. A counter that has begun again has no rate until its next sample. */
export function advance(before: LiveRates, update: LiveUpdate): LiveRates {
  if (update.full) return { live: merge(noRates.live, update), rates: new Map() };
  const live = merge(before.live, update);
  const rates = new Map(before.rates);
  for (const [key, now] of live.values) {
    const last = before.live.values.get(key);
    if (!now.metric.endsWith('_total') || last === undefined || now.time <= last.time) continue;
    if (now.value !== null && last.value !== null && now.value >= last.value) rates.set(key, ((now.value - last.value) * 1_000) / (now.time - last.time));
    else rates.delete(key);
  }
  return { live, rates };
}

/** The newest value of a series; of a counter, its rate per second. */
export interface Reading {
  metric: string;
  labels: Record<string, string>;
  value: number;
}

/** The newest of both: what was asked for, and what the feed has told since. Stale values are no readings. */
export function readings(latest: readonly LatestView[], { live, rates }: LiveRates): Reading[] {
  const found = new Map<string, Reading>();
  const enter = (metric: string, labels: Record<string, string>, value: number | null | undefined) => {
    if (value !== null && value !== undefined) found.set(`${metric} ${JSON.stringify(Object.entries(labels).sort())}`, { metric, labels, value });
  };
  for (const one of latest) if (!one.stale) enter(one.metric, one.labels, one.metric.endsWith('_total') ? one.rate_per_second : one.value);
  for (const [key, one] of live.values) enter(one.metric, one.labels, one.metric.endsWith('_total') ? rates.get(key) : one.value);
  return [...found.values()];
}

/** The value of a metric that has one series. */
export function valueOf(all: readonly Reading[], metric: string): number | null {
  return all.find((one) => one.metric === metric)?.value ?? null;
}

/** A file system, as full as it is. */
export interface FileSystem {
  mount: string;
  percent: number;
  used: number | null;
  total: number | null;
}

/** The file systems, the fullest first. */
export function fileSystems(all: readonly Reading[]): FileSystem[] {
  const of = (metric: string, mount: string | undefined) => all.find((one) => one.metric === metric && one.labels.mount === mount)?.value ?? null;
  return all
    .filter((one) => one.metric === 'host_disk_percent')
    .map(({ labels: { mount }, value }) => ({ mount: mount ?? '', percent: value, used: of('host_disk_used_bytes', mount), total: of('host_disk_total_bytes', mount) }))
    .sort((a, b) => b.percent - a.percent || (a.mount < b.mount ? -1 : 1));
}

/** What all interfaces but the machine's own came to; null: none is known. */
export function networkRate(all: readonly Reading[], metric: string): number | null {
  const known = all.filter((one) => one.metric === metric && one.labels.interface !== 'lo');
  return known.length === 0 ? null : known.reduce((sum, { value }) => sum + value, 0);
}
