/** A statement that its user has run. */
export interface Past {
  agent: string;
  sql: string;
  at: string;
  /** Rows of the answer; null: it failed. */
  rows: number | null;
}

const most = 50;
// A browser keeps some MB in all.
const longest = 20_000;

/** The history with one more, the newest first; the same statement again moves to the front. */
export function remember(history: Past[], past: Past): Past[] {
  if (past.sql.length > longest) return history;
  return [past, ...history.filter((one) => one.agent !== past.agent || one.sql !== past.sql)].slice(0, most);
}

/** What was kept, as far as it is a history. */
export function historyOf(kept: unknown): Past[] {
  return Array.isArray(kept) ? kept.filter(isPast) : [];
}

function isPast(one: unknown): one is Past {
  const past = one as Partial<Past> | null;
  return typeof past?.agent === 'string' && typeof past.sql === 'string' && typeof past.at === 'string' && (past.rows === null || typeof past.rows === 'number');
}
