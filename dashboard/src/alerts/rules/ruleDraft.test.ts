import { expect, test } from 'vitest';
import type { RuleView } from '../../api/schema';
import { copyOf, draftOf, ruleOf } from './ruleDraft';

const cpu: RuleView = {
  id: 'cpu', name: 'CPU', description: 'd', enabled: false, severity: 'critical', agents: ['prod-*'], metric: 'host_cpu_percent', labels: { cpu: '0' },
  aggregation: 'avg', window: '1m', rate: false, operator: '>=', threshold: 90, duration: '5m', keep_firing: '1m', channels: ['ops'], repeat: '1h', group: '10s',
  summary: 's',
};

test.each<[string, RuleView]>([
  ['a threshold', cpu],
  ['a process', { ...cpu, process: { name: 'java*', aggregation: 'max' }, aggregation: 'last', window: null }],
  ['a rate', { ...cpu, rate: true, aggregation: 'last' }],
  ['no limit of 0', { ...cpu, threshold: 0 }],
])('what the form takes of %s it sends again', (_, rule) => {
  expect(ruleOf(draftOf(rule))).toEqual(rule);
});

test('an expression has no metric, and absence no threshold', () => {
  expect(ruleOf(draftOf({ name: 'x', expression: 'up == 0', interval: '30s' }))).toMatchObject({ expression: 'up == 0', interval: '30s' });
  expect(ruleOf(draftOf({ name: 'x', expression: 'up == 0' })).metric).toBeUndefined();
  const absent = ruleOf(draftOf({ name: 'x', metric: 'm', absent: true, duration: '5m' }));
  expect(absent).toMatchObject({ metric: 'm', absent: true, duration: '5m' });
  expect(absent.threshold).toBeUndefined();
});

test('a window goes with what takes samples together', () => {
  expect(ruleOf({ ...draftOf(cpu), aggregation: 'last' }).window).toBeNull();
});

test('an empty threshold is none', () => {
  expect(ruleOf({ ...draftOf(cpu), threshold: '' }).threshold).toBeNull();
});

test('a copy is a rule of its own', () => {
  expect(copyOf({ ...cpu, builtin: true })).toMatchObject({ id: '', name: '', enabled: true, metric: 'host_cpu_percent' });
  expect(copyOf(cpu).name).toBe('CPU 2');
});
