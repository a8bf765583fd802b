import { expect, test } from 'vitest';
import { cellText, isClipped, isNumeric, placeOf, widthsOf } from './result';

test.each([[null, null], ['NULL', 'NULL'], ['', ''], ['18446744073709551615', '18446744073709551615'], [1.5, '1.5'], [true, 'true']])('%o is shown as %o', (value, text) => {
  expect(cellText(value)).toBe(text);
});

test.each([['BIGINT', true], ['DECIMAL(10,2)', true], ['VARCHAR', false], ['DATETIME', false]])('%s is numeric: %s', (type, numeric) => {
  expect(isNumeric({ name: 'x', type })).toBe(numeric);
});

test('a column is as wide as its name, type and cells need, within bounds', () => {
  const column = (name: string) => ({ name, type: 'VARCHAR' });
  expect(widthsOf([column('id'), column('a_rather_long_name'), column('x')], [['123456789', 'v', 'x'.repeat(500)], [null, null, null]])).toEqual([9, 18, 48]);
  expect(widthsOf([column('名')], [['订单流水表']])).toEqual([10]);
});

test.each([['short', false], ['x'.repeat(11), true], ['a\nb', true]])('%j is clipped: %s', (text, clipped) => {
  expect(isClipped(text, 10)).toBe(clipped);
});

test('places are counted in lines and columns', () => {
  expect(placeOf('SELECT 1', 0)).toEqual({ line: 1, column: 1 });
  expect(placeOf('SELECT 1\nFROM t', 11)).toEqual({ line: 2, column: 3 });
});
