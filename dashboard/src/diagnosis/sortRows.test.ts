import { expect, test } from 'vitest';
import { sizeOf, sortRows } from './sortRows';

test.each([['165.25 GB', 165.25e9], ['1.97 TB', 1.97e12], ['91.80 %', 91.8], ['1,840', 1840], ['-3', -3], ['10.0.0.11', null], ['3 stones', null], ['constructor', null], ['', null]])(
  '%s is %s', (cell, size) => expect(sizeOf(cell)).toBe(size));

test('sizes go by size, whatever their unit; unknown is last both ways', () => {
  const rows = [['1.2 TB'], [null], ['64.9 GB'], ['395 GB']];
  expect(sortRows(rows, 0, false).flat()).toEqual(['64.9 GB', '395 GB', '1.2 TB', null]);
  expect(sortRows(rows, 0, true).flat()).toEqual(['1.2 TB', '395 GB', '64.9 GB', null]);
});

test('text goes by its letters, numbers within it by size', () => {
  expect(sortRows([['be10'], ['be9'], ['be1']], 0, false).flat()).toEqual(['be1', 'be9', 'be10']);
});
