import type { MetricAggregate } from '../api/schema';

/** What a step's value may be of its samples. */
export const aggregates: MetricAggregate[] = ['avg', 'min', 'max', 'last', 'sum', 'count', 'rate'];

export function aggregateOf(text: string): MetricAggregate | undefined {
  return aggregates.find((one) => one === text);
}
