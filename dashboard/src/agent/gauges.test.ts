import { expect, test } from 'vitest';
import type { LiveUpdate } from '../api/live';
import type { LatestView } from '../api/schema';
import { advance, fileSystems, networkRate, noRates, readings, valueOf } from './gauges';

const sent = 'host_network_sent_bytes_total';

const first = (value: number): LiveUpdate => ({
  type: 'update', id: 's', full: true,
  agents: [{ agent: 'a', series: [{ n: 0, metric: sent, labels: { interface: 'eth0' }, time: 10_000, value }, { n: 1, metric: 'host_load1', labels: {}, time: 10_000, value: 2 }] }],
});
const next = (time: number, value: number) => ({ type: 'update' as const, id: 's', agents: [{ agent: 'a', series: [{ n: 0, time, value }] }] });
const latest = (metric: string, labels: Record<string, string>, value: number, more: Partial<LatestView> = {}): LatestView =>
  ({ metric, labels, unit: '', value, time: '', age_seconds: 1, stale: false, ...more });

test('a counter has a rate once it has two samples', () => {
  const one = advance(noRates, first(1_000));
  expect(networkRate(readings([], one), sent)).toBeNull();
  expect(networkRate(readings([], advance(one, next(20_000, 6_000))), sent)).toBe(500);
});

test('a counter that begins again has none', () => {
  const two = advance(advance(noRates, first(1_000)), next(20_000, 6_000));
  const again = advance(two, next(30_000, 10));
  expect(networkRate(readings([], again), sent)).toBeNull();
  expect(networkRate(readings([], advance(again, next(40_000, 110))), sent)).toBe(10);
});

test('what was asked for counts until the feed tells', () => {
  const asked = [latest(sent, { interface: 'eth0' }, 9e9, { rate_per_second: 7 }), latest(sent, { interface: 'lo' }, 9e9, { rate_per_second: 1e6 }), latest('host_load1', {}, 1)];
  expect(networkRate(readings(asked, noRates), sent)).toBe(7);
  const told = advance(noRates, first(1_000));
  expect(networkRate(readings(asked, told), sent)).toBe(7);
  expect(valueOf(readings(asked, told), 'host_load1')).toBe(2);
});

test('a stale value is unknown', () => {
  expect(valueOf(readings([latest('host_load1', {}, 1, { stale: true })], noRates), 'host_load1')).toBeNull();
});

test('the fullest file system comes first', () => {
  const all = readings([
    latest('host_disk_percent', { mount: '/', device: 'sda' }, 20), latest('host_disk_percent', { mount: '/var', device: 'sdb' }, 80),
    latest('host_disk_used_bytes', { mount: '/var', device: 'sdb' }, 8),
  ], noRates);
  expect(fileSystems(all)).toEqual([{ mount: '/var', percent: 80, used: 8, total: null }, { mount: '/', percent: 20, used: null, total: null }]);
});
