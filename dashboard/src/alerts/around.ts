import type { AlertView, MetricRange } from '../api/schema';
import { labelsText } from '../format/labels';

// Metrics of rules of which no series is kept (docs/alerts.md).
const without = new Set(['agent_status', 'cpu_percent', 'memory_mb', 'system_cpu_percent', 'system_memory_percent']);

/** Whether the store may have a series of what an alert is about. */
export function hasSeries({ agent, metric }: Pick<AlertView, 'agent' | 'metric'>): boolean {
  return agent !== '' && metric !== '' && !without.has(metric);
}

const hour = 3_600_000;

/** An hour, or as long as it fired, before it began and after it ended; at most until now, and a week in all. */
export function spanAround(alert: Pick<AlertView, 'started_at' | 'resolved_at'>, now: number): { from: string; to: string } {
  const began = Date.parse(alert.started_at);
  const ended = alert.resolved_at ? Date.parse(alert.resolved_at) : now;
  const margin = Math.max(hour, Math.min(ended - began, 24 * hour));
  const to = Math.min(now, ended + margin);
  return { from: new Date(Math.max(began - margin, to - 7 * 24 * hour)).toISOString(), to: new Date(to).toISOString() };
}

/** The series and, if there is one, the threshold as a line of its own. */
export function aroundLines(range: MetricRange, threshold: number | undefined, thresholdName: string) {
  const lines = range.series.map((one) => ({ label: labelsText(one.labels) || range.metric, values: one.values }));
  if (threshold !== undefined && lines.length > 0) lines.push({ label: thresholdName, values: range.times.map(() => threshold) });
  return lines;
}
