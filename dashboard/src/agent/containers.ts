import type { LatestView } from '../api/schema';

/** A container, with what it uses now by metric; of a counter, its rate per second. */
export interface Container {
  name: string;
  image: string;
  values: Record<string, number>;
}

/** The containers that were measured lately, by name. */
export function containersOf(series: readonly LatestView[]): Container[] {
  const found = new Map<string, Container>();
  for (const { metric, labels, value, stale, rate_per_second: rate } of series) {
    if (stale || labels.container === undefined) continue;
    const name = labels.container;
    const image = labels.image ?? '';
    const key = `${name}\n${image}`;
    const container = found.get(key) ?? { name, image, values: {} };
    found.set(key, container);
    const shown = metric.endsWith('_total') ? rate : value;
    if (typeof shown === 'number') container.values[metric] = shown;
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
