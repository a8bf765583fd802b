import type { SqlColumn } from '../api/schema';

/** A cell as text, as the database gave it; null is SQL's NULL. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a column's values are quantities, which stand at the right. */
export function isNumeric({ type }: SqlColumn): boolean {
  return /^(TINYINT|SMALLINT|MEDIUMINT|INT|INTEGER|BIGINT|LARGEINT|FLOAT|DOUBLE|DECIMAL|NUMERIC|REAL)/i.test(type);
}

const [narrowest, widest, looked] = [6, 48, 200];

/** How many characters wide each column is drawn, by its name and its first cells; wider ones are clipped. */
export function widthsOf(columns: SqlColumn[], rows: unknown[][]): number[] {
  return columns.map((column, index) => {
    let width = Math.max(column.name.length, column.type.length, narrowest);
    for (let row = 0; row < rows.length && row < looked; row++) width = Math.max(width, wide(cellText(rows[row]![index]) ?? 'NULL'));
    return Math.min(width, widest);
  });
}

/** Whether a cell doesn't fit: it is cut, or it has lines that are not seen. */
export function isClipped(text: string, width: number): boolean {
  return wide(text) > width || /[\n\r]/.test(text);
}

/** Characters of East Asian scripts are twice as wide. */
function wide(text: string): number {
  let width = 0;
  for (const character of text) {
    width += character >= '\u1100' ? 2 : 1;
    if (width > widest) break;
  }
  return width;
}

/** Where a place in a text is, as people count: from 1. */
export function placeOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
