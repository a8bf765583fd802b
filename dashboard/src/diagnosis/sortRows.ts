type Cell = string | null;

/** Rows in the order of one column: numbers (with units of bytes or percent) by size, else as text; what is unknown comes last either way. */
export function sortRows(rows: Cell[][], column: number, descending: boolean): Cell[][] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[column] ?? null, b[column] ?? null];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const [p, q] = [sizeOf(x), sizeOf(y)];
    return sign * (p !== null && q !== null ? p - q : x.localeCompare(y, undefined, { numeric: true }));
  });
}

const units: Record<string, number> = { '': 1, '%': 1, B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, s: 1, min: 60, h: 3600, d: 86_400 };

/** How much a cell says; null: it is no quantity. */
export function sizeOf(cell: string): number | null {
  const [, number, unit] = /^([+-]?\d[\d,]*(?:\.\d+)?)\s*([%A-Za-z]*)$/.exec(cell.trim()) ?? [];
  if (number === undefined || unit === undefined || !Object.hasOwn(units, unit)) return null;
  return Number(number.replaceAll(',', '')) * units[unit]!;
}
