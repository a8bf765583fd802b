import { expect, test } from 'vitest';
import { itemsOf } from './items';

test('items stand between commas of either script and lines', () => {
  expect(itemsOf(' prod-*, db-1，web\n\n,')).toEqual(['prod-*', 'db-1', 'web']);
});
