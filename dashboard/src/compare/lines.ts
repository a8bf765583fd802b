import type { MetricComparison } from '../api/schema';
import { highest, onOneAxis } from '../charts/lines';
import type { ChartSeries } from '../charts/TimeChart';
import { labelsText } from '../format/labels';

// More lines than these nobody tells apart.
const most = 20;

/** What tells a compared series from the others: what all have in common isn't said. */
export function nameOf(comparison: MetricComparison, index: number, periodName: (from: string) => string): string {
  const { agent, period, labels } = comparison.series[index]!;
  const several = (of: (one: MetricComparison['series'][number]) => unknown) => new Set(comparison.series.map(of)).size > 1;
  const parts = [
    several((one) => one.agent) && agent,
    several((one) => labelsText(one.labels)) && labelsText(labels),
    comparison.periods.length > 1 && periodName(comparison.periods[period]!.from),
  ];
  return parts.filter(Boolean).join(' · ') || agent;
}

/** The series on the axis of the newest period: earlier ones are moved onto it. */
export function comparedLines(comparison: MetricComparison, names: readonly string[]): { times: number[]; series: ChartSeries[]; left: number } {
  const { periods, series } = comparison;
  const newest = Date.parse(periods.at(-1)?.from ?? '');
  const times = periods.map(({ from, times: at }) => at.map((one) => new Date(Date.parse(one) + newest - Date.parse(from)).toISOString()));
  const named = series.map((one, index) => ({ ...one, label: names[index]! }));
  const shown = highest(named, most);
  const axis = onOneAxis(shown.map((one) => ({ times: times[one.period]!, series: [{ label: one.label, values: one.values }] })));
  return { ...axis, left: series.length - shown.length };
}
