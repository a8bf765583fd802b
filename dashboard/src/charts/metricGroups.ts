const ours = ['host', 'process', 'container', 'scrape', 'agent'];

/** Metrics by what their names begin with. What is scraped, such as a database's own, goes before what every agent measures. */
export function metricGroups(metrics: readonly string[]): [group: string, metrics: string[]][] {
  const groups = new Map<string, string[]>();
  for (const metric of metrics) {
    const group = metric.split('_', 1)[0]!;
    groups.set(group, [...(groups.get(group) ?? []), metric]);
  }
  return [...groups].sort(([a], [b]) => ours.indexOf(a) - ours.indexOf(b) || (a < b ? -1 : 1));
}
