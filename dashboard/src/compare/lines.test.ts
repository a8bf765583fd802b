import { expect, test } from 'vitest';
import type { MetricComparison } from '../api/schema';
import { comparedLines, nameOf } from './lines';

const at = (minute: number) => new Date(minute * 60_000).toISOString();
const one = (agent: string, period: number, values: (number | null)[], labels: Record<string, string> = {}) => ({ agent, period, labels, values, summary: null, change: null });
const comparison = (series: MetricComparison['series'], periods = [{ from: at(0), to: at(2), times: [at(0), at(1)] }, { from: at(2), to: at(4), times: [at(2), at(3)] }]): MetricComparison => ({
  metric: 'm', kind: 'gauge', unit: '', aggregate: 'avg', step: '1m', step_seconds: 60, agents: [], periods, series,
});

test('an earlier period is drawn over the newest', () => {
  const compared = comparison([one('a', 0, [1, null]), one('a', 1, [3, 4])]);
  expect(comparedLines(compared, ['before', 'now'])).toEqual({
    times: [120, 180], series: [{ label: 'before', values: [1, null] }, { label: 'now', values: [3, 4] }], left: 0,
  });
});

test('a series is called by what differs', () => {
  const names = (compared: MetricComparison) => compared.series.map((_, index) => nameOf(compared, index, (from) => `from ${from.slice(14, 16)}`));
  expect(names(comparison([one('a', 0, []), one('a', 1, [])]))).toEqual(['from 00', 'from 02']);
  const [period] = comparison([]).periods;
  expect(names(comparison([one('a', 0, []), one('b', 0, [])], [period!]))).toEqual(['a', 'b']);
  expect(names(comparison([one('a', 0, [], { mount: '/' }), one('a', 0, [], { mount: '/var' })], [period!]))).toEqual(['mount=/', 'mount=/var']);
  expect(names(comparison([one('a', 0, [])], [period!]))).toEqual(['a']);
});

test('without anything', () => {
  expect(comparedLines(comparison([], []), [])).toEqual({ times: [], series: [], left: 0 });
});
