import { expect, test } from 'vitest';
import type { ProcessView } from '../api/schema';
import { treeKey, treeRows } from './treeRows';

const process = (pid: number, ...children: ProcessView[]): ProcessView => ({ pid, name: `p${pid}`, is_active: true, children });
const roots = [process(1, process(2, process(3)), process(4)), process(5)];

const seen = (collapsed: number[]) => treeRows(roots, new Set(collapsed)).map((row) => [row.process.pid, row.level, row.position, row.siblings, row.expanded, row.parent]);

test('all rows, each below its parent', () => {
  expect(seen([])).toEqual([
    [1, 1, 1, 2, true, -1], [2, 2, 1, 2, true, 0], [3, 3, 1, 1, undefined, 1], [4, 2, 2, 2, undefined, 0], [5, 1, 2, 2, undefined, -1],
  ]);
});

test('nothing below what is collapsed', () => {
  expect(seen([2]).map(([pid]) => pid)).toEqual([1, 2, 4, 5]);
  expect(seen([1])).toEqual([[1, 1, 1, 2, false, -1], [5, 1, 2, 2, undefined, -1]]);
});

test.each([
  ['ArrowDown', 0, { go: 1 }], ['ArrowDown', 3, { go: 3 }], ['ArrowUp', 0, { go: 0 }], ['End', 0, { go: 3 }], ['Home', 2, { go: 0 }],
  // 1 is open, 2 is closed, 4 and 5 have nothing below them.
  ['ArrowRight', 0, { go: 1 }], ['ArrowRight', 1, { toggle: 2 }], ['ArrowRight', 2, undefined],
  ['ArrowLeft', 0, { toggle: 1 }], ['ArrowLeft', 1, { go: 0 }], ['ArrowLeft', 3, undefined],
  ['Enter', 1, { toggle: 2 }], ['Enter', 3, undefined], ['x', 0, undefined], ['ArrowUp', 9, undefined],
])('%s at row %i', (key, at, expected) => {
  expect(treeKey(key, treeRows(roots, new Set([2])), at)).toEqual(expected);
});
