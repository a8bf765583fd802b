import { expect, test } from 'vitest';
import { aroundLines, hasSeries, spanAround } from './around';

test.each([
  ['an alert that ended: an hour on each side', '2026-01-01T10:00:00Z', '2026-01-01T10:10:00Z', '2026-01-01T09:00:00.000Z', '2026-01-01T11:10:00.000Z'],
  ['a long one: as long again', '2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z', '2025-12-31T21:00:00.000Z', '2026-01-01T06:00:00.000Z'],
  ['one that fires: until now', '2026-01-01T11:30:00Z', null, '2026-01-01T10:30:00.000Z', '2026-01-01T12:00:00.000Z'],
  ['one that fires for long: its last week', '2025-11-01T00:00:00Z', null, '2025-12-25T12:00:00.000Z', '2026-01-01T12:00:00.000Z'],
])('%s', (_, started_at, resolved_at, from, to) => {
  expect(spanAround({ started_at, resolved_at }, Date.parse('2026-01-01T12:00:00Z'))).toEqual({ from, to });
});

test('what is kept of no agent has no chart', () => {
  expect(hasSeries({ agent: 'a', metric: 'host_load1' })).toBe(true);
  expect(hasSeries({ agent: '', metric: 'host_load1' })).toBe(false);
  expect(hasSeries({ agent: 'a', metric: 'agent_status' })).toBe(false);
});

test('a threshold is a line of its own, unless there is nothing to compare', () => {
  const range = { metric: 'm', times: ['t', 'u'], series: [{ labels: { mount: '/' }, values: [1, null] }] } as never;
  expect(aroundLines(range, 5, 'threshold')).toEqual([{ label: 'mount=/', values: [1, null] }, { label: 'threshold', values: [5, 5] }]);
  expect(aroundLines({ metric: 'm', times: [], series: [] } as never, 5, 'threshold')).toEqual([]);
});
