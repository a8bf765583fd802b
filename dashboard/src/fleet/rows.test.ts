import { expect, test } from 'vitest';
import type { FleetAgent } from '../api/schema';
import { merge } from '../api/useLive';
import { figuresOf, liveFigures, worstOf } from './rows';

const agent: FleetAgent = { name: 'db-1', status: 'online', connected: true, labels: {}, firing: 0, cpu_percent: 10, disk_percent: 50 };

const disk = (n: number, mount: string, value: number) => ({ n, metric: 'host_disk_percent', labels: { mount }, time: 1, value });

const live = merge({ values: new Map(), statuses: new Map() }, {
  type: 'update', id: 's', full: true,
  agents: [{ agent: 'db-1', status: 'degraded', series: [disk(0, '/', 40), disk(1, '/var', 91), { n: 2, metric: 'host_cpu_percent_normalized', labels: {}, time: 1, value: 'NaN' }] }],
});

test('the newest of both', () => {
  expect(figuresOf(agent, liveFigures(live).get('db-1'))).toEqual({ status: 'degraded', cpu: 10, memory: null, disk: 91 });
});

test('nothing live', () => {
  expect(figuresOf(agent, undefined)).toEqual({ status: 'online', cpu: 10, memory: null, disk: 50 });
});

test('an agent that has gone offline', () => {
  expect(figuresOf({ ...agent, cpu_percent: null }, { status: 'offline', cpu: 99 })).toEqual({ status: 'offline', cpu: null, memory: null, disk: 50 });
});

test('the worst is the fullest of what is known', () => {
  expect(worstOf({ status: 'online', cpu: 10, memory: null, disk: 91 })).toEqual({ name: 'disk', percent: 91 });
  expect(worstOf({ status: 'offline', cpu: null, memory: null, disk: null })).toBeNull();
});
