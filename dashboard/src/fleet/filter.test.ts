import { expect, test } from 'vitest';
import { filterOf, isFiltered, pagesOf, reorder } from './filter';

const of = (query: string) => filterOf(new URLSearchParams(query));

test('without anything said, the worst come first', () => {
  expect(of('')).toEqual({ search: '', labels: [], status: undefined, sort: 'worst', descending: false });
  expect(isFiltered(of(''))).toBe(false);
});

test('what an address may say', () => {
  expect(of('search=db&label=role%3Ddb&label=env%3Dprod&status=offline&sort=cpu')).toEqual({
    search: 'db', labels: ['role=db', 'env=prod'], status: 'offline', sort: 'cpu', descending: true,
  });
});

test('what an address may not say is left out', () => {
  expect(of('label=role&status=asleep&sort=beauty')).toEqual(of(''));
});

test.each([
  ['', 'cpu', { sort: 'cpu', order: undefined }],
  ['sort=cpu', 'cpu', { sort: 'cpu', order: 'asc' }],
  ['sort=cpu&order=asc', 'cpu', { sort: 'cpu', order: undefined }],
  ['', 'worst', { sort: undefined, order: 'desc' }],
  ['sort=cpu&order=asc', 'name', { sort: 'name', order: undefined }],
] as const)('from %s by %s', (query, sort, expected) => {
  expect(reorder(of(query), sort)).toEqual(expected);
});

test.each([
  [0, 20, 10_000, [1]],
  [60, 95, 10_000, [1, 2]],
  [9_970, 9_999, 10_000, [100]],
  [0, 20, 5, [1]],
  [0, 0, 0, [1]],
  // The list has become shorter than where the viewer is.
  [500, 520, 130, [2]],
])('rows %i to %i of %i', (first, last, matching, pages) => {
  expect(pagesOf(first, last, matching)).toEqual(pages);
});

test('the row with the focus keeps its page', () => {
  expect(pagesOf(5_000, 5_020, 10_000, 3)).toEqual([1, 50, 51]);
});
