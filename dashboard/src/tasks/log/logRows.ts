import type { LogRowView } from '../../api/schema';

/** What is kept of a row: of a long log there are very many. */
export type LogRow = Pick<LogRowView, 'id' | 'message' | 'timestamp' | 'stream' | 'missing'>;

/** A task's log as far as the page keeps it: the newest rows, and how many before them were let go. */
export interface LogRows {
  rows: readonly LogRow[];
  dropped: number;
  /** Characters of `rows`. */
  size: number;
}

export const noRows: LogRows = { rows: [], dropped: 0, size: 0 };

// The centre keeps 1 MiB of a stream: what goes beyond this are logs of very many short lines, or of many attempts.
const mostRows = 100_000;
const mostCharacters = 8 * 2 ** 20;

/** Adds what follows. Rows that are there already, or come before the last one, are left out: feed and list may tell the same. */
export function append({ rows, dropped, size }: LogRows, more: readonly LogRow[]): LogRows {
  const last = rows.at(-1)?.id;
  const fresh = last === undefined ? more : more.filter((row) => comparePlaces(row.id, last) > 0);
  if (fresh.length === 0) return { rows, dropped, size };
  const all = [...rows, ...fresh.map(slim)];
  let left = size + fresh.reduce((sum, row) => sum + row.message.length, 0);
  let first = 0;
  while (all.length - first > mostRows || left > mostCharacters) left -= all[first++]!.message.length;
  return { rows: first === 0 ? all : all.slice(first), dropped: dropped + first, size: left };
}

function slim({ id, message, timestamp, stream, missing }: LogRow): LogRow {
  return missing ? { id, message, timestamp, stream, missing } : { id, message, timestamp, stream };
}

/** The order of two places of a log: `attempt.chunk.stdout.stderr.note`, of which each number only rises. */
export function comparePlaces(one: string, other: string): number {
  const numbers = one.split('.').map(Number);
  const others = other.split('.').map(Number);
  for (let index = 0; index < Math.max(numbers.length, others.length); index++) {
    const difference = (numbers[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The rows that hold a text, by their numbers; upper and lower case are the same. */
export function findRows(rows: readonly LogRow[], text: string): number[] {
  const wanted = text.toLowerCase();
  if (wanted === '') return [];
  return rows.flatMap((row, index) => (row.message.toLowerCase().includes(wanted) ? [index] : []));
}
