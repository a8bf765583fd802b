import { expect, test } from 'vitest';
import { containersOf } from './containers';

test('one row a container; what has ended is none', () => {
  const of = (metric: string, container: string, value: number, more = {}) =>
    ({ metric, labels: { container, image: 'i' }, unit: '', value, time: '', age_seconds: 1, stale: false, ...more });
  expect(containersOf([
    of('container_memory_bytes', 'web', 5), of('container_network_sent_bytes_total', 'web', 900, { rate_per_second: 3 }),
    of('container_network_received_bytes_total', 'web', 900, { rate_per_second: null }), of('container_memory_bytes', 'db', 6), of('container_memory_bytes', 'old', 7, { stale: true }),
  ])).toEqual([
    { name: 'db', image: 'i', values: { container_memory_bytes: 6 } },
    { name: 'web', image: 'i', values: { container_memory_bytes: 5, container_network_sent_bytes_total: 3 } },
  ]);
});
