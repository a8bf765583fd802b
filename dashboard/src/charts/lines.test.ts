import { expect, test } from 'vitest';
import { highest, onOneAxis } from './lines';

const at = (second: number) => new Date(second * 1_000).toISOString();

test('the same times', () => {
  expect(onOneAxis([
    { times: [at(0), at(10)], series: [{ label: 'a', values: [1, null] }] },
    { times: [at(0), at(10)], series: [{ label: 'b', values: [3, 4] }] },
  ])).toEqual({ times: [0, 10], series: [{ label: 'a', values: [1, null] }, { label: 'b', values: [3, 4] }] });
});

test('other times: what is not measured is no gap, what is not known is one', () => {
  expect(onOneAxis([
    { times: [at(0), at(20)], series: [{ label: 'a', values: [1, null] }] },
    { times: [at(10)], series: [{ label: 'b', values: [3] }] },
  ])).toEqual({ times: [0, 10, 20], series: [{ label: 'a', values: [1, undefined, null] }, { label: 'b', values: [undefined, 3, undefined] }] });
});

test('nothing', () => {
  expect(onOneAxis([])).toEqual({ times: [], series: [] });
});

test('of too many lines the highest, in their order', () => {
  const line = (name: string, peak: number | null) => ({ name, summary: peak === null ? null : { peak } });
  const lines = [line('a', 1), line('b', 9), line('c', null), line('d', 5)];
  expect(highest(lines, 2).map(({ name }) => name)).toEqual(['b', 'd']);
  expect(highest(lines, 4)).toBe(lines);
});
