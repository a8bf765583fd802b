import type { ProcessView } from '../api/schema';

/** A process as a row of a tree that is drawn as a table. */
export interface TreeRow {
  process: ProcessView;
  /** From 1. */
  level: number;
  /** Among its siblings, from 1. */
  position: number;
  siblings: number;
  /** Undefined: it has nothing below it. */
  expanded: boolean | undefined;
  /** The row of its parent; -1: it is a root. */
  parent: number;
}

/** The rows that are seen: those below a collapsed process aren't. */
export function treeRows(roots: readonly ProcessView[], collapsed: ReadonlySet<number>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (processes: readonly ProcessView[], level: number, parent: number) => {
    processes.forEach((process, index) => {
      const children = process.children ?? [];
      const expanded = children.length === 0 ? undefined : !collapsed.has(process.pid);
      const row = rows.push({ process, level, position: index + 1, siblings: processes.length, expanded, parent }) - 1;
      // The centre sends twelve levels at most.
      if (expanded) add(children, level + 1, row);
    });
  };
  add(roots, 1, -1);
  return rows;
}

/** What a key does in a tree (https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/): go to a row, or open or close the one it is at. */
export function treeKey(key: string, rows: readonly TreeRow[], at: number): { go: number } | { toggle: number } | undefined {
  const row = rows[at];
  if (!row) return undefined;
  switch (key) {
    case 'ArrowDown': return { go: Math.min(rows.length - 1, at + 1) };
    case 'ArrowUp': return { go: Math.max(0, at - 1) };
    case 'Home': return { go: 0 };
    case 'End': return { go: rows.length - 1 };
    case 'ArrowRight': return row.expanded === false ? { toggle: row.process.pid } : row.expanded ? { go: at + 1 } : undefined;
    case 'ArrowLeft': return row.expanded ? { toggle: row.process.pid } : row.parent >= 0 ? { go: row.parent } : undefined;
    case 'Enter': return row.expanded === undefined ? undefined : { toggle: row.process.pid };
    default: return undefined;
  }
}
