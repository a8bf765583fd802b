/** Where samples are downloaded from, as CSV. */
export function exportAddress(agents: string[], metric: string, span: Record<string, string>, labels: string[] = []): string {
  const query = new URLSearchParams({ metric, ...span, format: 'csv' });
  for (const agent of agents) query.append('agents', agent);
  for (const label of labels) query.append('labels', label);
  return `/api/v1/metrics/export?${query}`;
}
