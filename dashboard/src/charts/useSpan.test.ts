import { expect, test } from 'vitest';
import { questionOf, spanOf } from './useSpan';

const asked = (query: string) => questionOf(spanOf(new URLSearchParams(query)));

test.each([
  ['', { period: '1h' }],
  ['period=7d', { period: '7d' }],
  ['period=100y', { period: '1h' }],
  ['period=7d&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z', { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' }],
  ['from=2026-01-01T01:00:00Z&to=2026-01-01T00:00:00Z', { period: '1h' }],
  ['from=yesterday&to=today', { period: '1h' }],
])('%s', (query, expected) => {
  expect(asked(query)).toEqual(expected);
});
