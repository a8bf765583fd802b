/** What a task's result says, by what it looks like: agents' answers are data, and each part is looked at before it is used. */
export type ResultShape =
  | { kind: 'none' }
  | { kind: 'text'; text: string }
  | { kind: 'statements'; result: StatementsResult }
  | { kind: 'http'; result: HttpResult }
  | { kind: 'objects'; objects: { done: string; name: string; object: unknown }[]; truncated: boolean }
  | { kind: 'file'; path: string; bytes: number | undefined; sha256: string | undefined; fileId: string | undefined; entries: number | undefined }
  | { kind: 'json'; value: unknown };

export interface StatementsResult {
  affectedRows: number | undefined;
  truncated: boolean;
  statements: StatementResult[];
}

export interface StatementResult {
  index: number;
  sql: string;
  status: string;
  risk: string | undefined;
  affectedRows: number | undefined;
  rowCount: number | undefined;
  rowsCut: boolean;
  elapsedMs: number | undefined;
  error: string | undefined;
  columns: string[];
  rows: (string | null)[][];
}

export interface HttpResult {
  status: number;
  reason: string | undefined;
  headers: [string, string][];
  body: string;
  encoding: string | undefined;
  bytes: number | undefined;
  truncated: boolean;
}

type Json = Record<string, unknown>;

export function shapeOf(type: string, result: unknown): ResultShape {
  if (result === null || result === undefined) return { kind: 'none' };
  if (typeof result === 'string') return { kind: 'text', text: result };
  const json = asObject(result);
  if (json && Array.isArray(json.statements)) return { kind: 'statements', result: statementsOf(json) };
  if (json && type === 'api' && typeof json.status === 'number') return { kind: 'http', result: httpOf(json, json.status) };
  if (json && type === 'k8s' && Array.isArray(json.objects)) return { kind: 'objects', objects: json.objects.flatMap(manifestOf), truncated: json.truncated === true };
  if (json && type === 'file' && typeof json.path === 'string') {
    return { kind: 'file', path: json.path, bytes: numberOf(json.bytes), sha256: textOf(json.sha256), fileId: textOf(json.file_id), entries: numberOf(json.entries) };
  }
  return { kind: 'json', value: result };
}

function statementsOf(json: Json): StatementsResult {
  return {
    affectedRows: numberOf(json.affected_rows),
    truncated: json.truncated === true,
    statements: (json.statements as unknown[]).flatMap((one) => {
      const statement = asObject(one);
      return statement ? [statementOf(statement)] : [];
    }),
  };
}

function statementOf(json: Json): StatementResult {
  const columns = Array.isArray(json.columns) ? json.columns.map((one) => textOf(one) ?? textOf(asObject(one)?.name) ?? '') : [];
  return {
    index: numberOf(json.index) ?? 0,
    sql: textOf(json.sql) ?? textOf(json.form) ?? '',
    status: textOf(json.status) ?? '',
    risk: textOf(json.risk),
    affectedRows: numberOf(json.affected_rows),
    rowCount: numberOf(json.row_count),
    rowsCut: json.rows_cut === true,
    elapsedMs: numberOf(json.elapsed_ms),
    error: textOf(json.error) ?? textOf(json.error_message),
    columns,
    rows: Array.isArray(json.rows) ? json.rows.filter(Array.isArray).map((row: unknown[]) => row.map(cellOf)) : [],
  };
}

function httpOf(json: Json, status: number): HttpResult {
  return {
    status,
    reason: textOf(json.reason),
    headers: Object.entries(asObject(json.headers) ?? {}).map(([name, value]) => [name, String(value)]),
    body: prettyJson(textOf(json.body) ?? ''),
    encoding: textOf(json.encoding),
    bytes: numberOf(json.bytes),
    truncated: json.truncated === true,
  };
}

function manifestOf(value: unknown): { done: string; name: string; object: unknown }[] {
  const json = asObject(value);
  if (!json) return [];
  const object = asObject(json.object);
  const metadata = asObject(object?.metadata);
  const name = textOf(json.object) ?? [textOf(object?.kind), [textOf(metadata?.namespace), textOf(metadata?.name)].filter(Boolean).join('/')].filter(Boolean).join(' ');
  return [{ done: textOf(json.done) ?? '', name, object: object ?? null }];
}

/** JSON with its structure shown; what is no JSON as it is. */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function cellOf(value: unknown): string | null {
  return value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
}
