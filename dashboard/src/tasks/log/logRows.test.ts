import { expect, test } from 'vitest';
import { append, comparePlaces, findRows, type LogRow, noRows } from './logRows';

const row = (id: string, message = 'x'): LogRow => ({ id, message, timestamp: '2026-01-01T00:00:00Z', stream: 'stdout' });

test.each([
  ['1.0.4.0.0', '1.0.4.0.0', 0],
  ['1.0.10.0.0', '1.0.9.0.0', 1],
  ['1.2.0.0.0', '1.10.0.0.0', -1],
  ['2.0.0.0.0', '1.99.9.9.9', 1],
])('%s is to %s as %d', (one, other, sign) => {
  expect(Math.sign(comparePlaces(one, other))).toBe(sign);
});

test('what is told twice is kept once', () => {
  const first = append(noRows, [row('1.0.1.0.0'), row('1.0.2.0.0')]);
  const second = append(first, [row('1.0.1.0.0'), row('1.0.2.0.0'), row('1.0.3.0.0')]);
  expect(second.rows.map((one) => one.id)).toEqual(['1.0.1.0.0', '1.0.2.0.0', '1.0.3.0.0']);
  expect(append(second, [row('1.0.2.0.0')]).rows).toBe(second.rows);
});

test('of very many rows the newest are kept, and the others counted', () => {
  const many = Array.from({ length: 100_010 }, (_, index) => row(`1.0.${index + 1}.0.0`));
  const log = append(noRows, many);
  expect(log.rows).toHaveLength(100_000);
  expect(log.dropped).toBe(10);
  expect(log.rows.at(-1)!.id).toBe('1.0.100010.0.0');
  expect(log.size).toBe(100_000);
});

test('of very long rows so many are kept as have room', () => {
  const log = append(append(noRows, [row('1.0.1.0.0', 'a'.repeat(5 * 2 ** 20))]), [row('1.0.2.0.0', 'b'.repeat(4 * 2 ** 20))]);
  expect(log.rows.map((one) => one.id)).toEqual(['1.0.2.0.0']);
  expect(log.dropped).toBe(1);
  expect(log.size).toBe(4 * 2 ** 20);
});

test('rows are found by what they hold', () => {
  const rows = [row('1', 'One'), row('2', 'two'), row('3', 'someone')];
  expect(findRows(rows, 'ONE')).toEqual([0, 2]);
  expect(findRows(rows, '')).toEqual([]);
});
