import { sqlTypes, type TaskType } from '../taskTypes';

/** How a parameter is typed. `lines`: an array, one a line; `pairs`: an object, `name=value` (or `name: value`) a line; `text or JSON`: whichever it reads as. */
export type FieldKind = 'text' | 'number' | 'check' | 'choice' | 'lines' | 'pairs' | 'headers' | 'json';

export interface ParamField {
  /** Where it stands in the params. */
  path: string;
  /** The key of its label among the texts of the form. */
  label: FieldLabel;
  how?: FieldHow;
  kind: FieldKind;
  choices?: readonly string[];
  /** What it is when it isn't said; that isn't sent. */
  usual?: boolean;
  required?: boolean;
  group?: 'more' | 'target';
}

export type FieldLabel =
  | 'args' | 'directory' | 'environment' | 'user' | 'shell' | 'connection' | 'database' | 'file_name' | 'trans_batch_size' | 'backup' | 'sleep_ms' | 'timeout_ms' | 'env' | 'creator' | 'ticket'
  | 'host' | 'port' | 'password' | 'tls' | 'protocol' | 'scheme' | 'api_key' | 'operation' | 'namespace' | 'patch_type' | 'context' | 'field_manager' | 'dry_run' | 'force' | 'url' | 'headers' | 'body'
  | 'follow_redirects' | 'verify_tls' | 'max_body' | 'path' | 'mode' | 'owner' | 'overwrite' | 'extract';

export type FieldHow = 'argsHow' | 'environmentHow' | 'connectionHow' | 'headersHow' | 'bodyHow' | 'pathHow' | 'secretHow';

const text = (path: string, label: FieldLabel, more: Partial<ParamField> = {}): ParamField => ({ path, label, kind: 'text', ...more });

const connection: ParamField[] = [text('connection', 'connection', { how: 'connectionHow' })];

const target: ParamField[] = [
  text('target.host', 'host', { group: 'target' }),
  { path: 'target.port', label: 'port', kind: 'number', group: 'target' },
  text('target.user', 'user', { group: 'target' }),
  text('target.password', 'password', { group: 'target', how: 'secretHow' }),
];

const databaseTarget: ParamField[] = [
  ...target,
  text('target.database', 'database', { group: 'target' }),
  { path: 'target.tls', label: 'tls', kind: 'choice', choices: ['disabled', 'preferred', 'required'], group: 'target' },
];

const metadata: ParamField[] = [
  text('metadata.env', 'env', { group: 'more' }),
  text('metadata.creator', 'creator', { group: 'more' }),
  text('metadata.ticket', 'ticket', { group: 'more' }),
];

const sql: ParamField[] = [
  ...connection,
  text('database', 'database'),
  text('file_name', 'file_name', { group: 'more' }),
  { path: 'exec_options.trans_batch_size', label: 'trans_batch_size', kind: 'number', group: 'more' },
  { path: 'exec_options.sleep_ms', label: 'sleep_ms', kind: 'number', group: 'more' },
  { path: 'exec_options.timeout_ms', label: 'timeout_ms', kind: 'number', group: 'more' },
  { path: 'exec_options.backup', label: 'backup', kind: 'check', usual: true, group: 'more' },
  ...metadata,
  ...databaseTarget,
];

const byType: Record<Exclude<TaskType, 'mysql' | 'doris' | 'postgres' | 'clickhouse'>, ParamField[]> = {
  shell: [
    text('directory', 'directory'),
    text('user', 'user'),
    { path: 'environment', label: 'environment', kind: 'pairs', how: 'environmentHow' },
    { path: 'shell', label: 'shell', kind: 'check', usual: false },
  ],
  mongo: [...connection, text('database', 'database'), text('file_name', 'file_name', { group: 'more' }), ...metadata, ...databaseTarget],
  elasticsearch: [
    ...connection,
    ...target,
    { path: 'target.scheme', label: 'scheme', kind: 'choice', choices: ['https', 'http'], group: 'target' },
    text('target.api_key', 'api_key', { group: 'target', how: 'secretHow' }),
  ],
  k8s: [
    { path: 'operation', label: 'operation', kind: 'choice', choices: ['create', 'update', 'delete', 'patch', 'apply'] },
    text('namespace', 'namespace'),
    { path: 'patch_type', label: 'patch_type', kind: 'choice', choices: ['strategic', 'merge', 'json'], group: 'more' },
    text('context', 'context', { group: 'more' }),
    text('field_manager', 'field_manager', { group: 'more' }),
    { path: 'dry_run', label: 'dry_run', kind: 'check', usual: false },
    { path: 'force', label: 'force', kind: 'check', usual: false, group: 'more' },
  ],
  api: [
    text('url', 'url', { required: true }),
    { path: 'headers', label: 'headers', kind: 'headers', how: 'headersHow' },
    { path: 'body', label: 'body', kind: 'json', how: 'bodyHow' },
    { path: 'follow_redirects', label: 'follow_redirects', kind: 'check', usual: false },
    { path: 'verify_tls', label: 'verify_tls', kind: 'check', usual: true },
    { path: 'max_body', label: 'max_body', kind: 'number', group: 'more' },
  ],
  file: [
    { path: 'operation', label: 'operation', kind: 'choice', choices: ['write', 'fetch'] },
    text('path', 'path', { required: true, how: 'pathHow' }),
    text('mode', 'mode'),
    text('owner', 'owner'),
    { path: 'extract', label: 'extract', kind: 'choice', choices: ['zip', 'tar.gz'] },
    { path: 'overwrite', label: 'overwrite', kind: 'choice', choices: ['true', 'false'] },
  ],
};

/** The parameters that a type of task takes (docs/tasks). */
export function fieldsOf(type: TaskType): ParamField[] {
  const fields = type === 'mysql' || type === 'doris' || type === 'postgres' || type === 'clickhouse' ? sql : byType[type];
  return type === 'clickhouse' ? [...fields, { path: 'target.protocol', label: 'protocol', kind: 'choice', choices: ['http'], group: 'target' }] : fields;
}

/** A parameter as it is typed. */
export function fieldText(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : String(value);
  if (kind === 'pairs' || kind === 'headers') return typeof value === 'object' ? Object.entries(value).map(([name, one]) => `${name}${kind === 'pairs' ? '=' : ': '}${String(one)}`).join('\n') : String(value);
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** What is sent of what is typed; undefined: nothing. */
export function fieldValue({ kind, choices }: Pick<ParamField, 'kind' | 'choices'>, typed: string): unknown {
  if (typed.trim() === '') return undefined;
  switch (kind) {
    case 'number':
      return Number(typed);
    case 'choice':
      return choices?.[0] === 'true' ? typed === 'true' : typed;
    case 'lines':
      return typed.split('\n').filter((line) => line !== '');
    case 'pairs':
      return pairs(typed, '=');
    case 'headers':
      return pairs(typed, ':');
    case 'json':
      return jsonOrText(typed);
    default:
      return typed;
  }
}

function pairs(typed: string, separator: string): Record<string, string> {
  const found = typed.split('\n').flatMap((line) => {
    const at = line.indexOf(separator);
    return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const] : [];
  });
  return Object.fromEntries(found);
}

/** An object or array as what it is, all else as text. */
function jsonOrText(typed: string): unknown {
  if (!/^\s*[[{]/.test(typed)) return typed;
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

/** Whether a type's file takes the place of its command. */
export function takesFile(type: TaskType): boolean {
  return type === 'file' || type === 'mongo' || sqlTypes.includes(type);
}
