import type { FanoutBody, TaskBody } from '../../api/schema';
import { isTaskType, type TaskType } from '../taskTypes';

export type Params = Record<string, unknown>;

type Number_ = number | string;

/** A task as it is typed; what is empty is left out of what is sent. */
export interface TaskDraft {
  many: boolean;
  agent: string;
  agents: string[];
  labels: Record<string, string>;
  batchSize: string;
  pause: Number_;
  maxFailureRatio: Number_;
  type: TaskType;
  command: string;
  params: Params;
  fileId: string;
  timeLimit: Number_;
  wait: Number_;
  priority: Number_;
  retries: Number_;
  retrySeconds: Number_;
  idempotent: boolean;
}

export const emptyTask: TaskDraft = {
  many: false, agent: '', agents: [], labels: {}, batchSize: '', pause: '', maxFailureRatio: '', type: 'shell', command: '', params: {}, fileId: '',
  timeLimit: '', wait: '', priority: '', retries: '', retrySeconds: '', idempotent: false,
};

/** Seconds that tasks of a type may run when nobody says (docs/tasks.md). */
export function usualTimeLimit(type: TaskType): number {
  return type === 'api' ? 30 : type === 'doris' ? 1_800 : type === 'shell' || type === 'k8s' || type === 'file' ? 300 : 600;
}

/** What is sent for one agent. */
export function taskOf(draft: TaskDraft): TaskBody {
  return compact({ agent_id: draft.agent, ...workOf(draft) });
}

/** What is sent for many. */
export function fanoutOf(draft: TaskDraft): FanoutBody {
  return compact({
    agents: draft.agents.length > 0 ? draft.agents : undefined,
    labels: Object.keys(draft.labels).length > 0 ? draft.labels : undefined,
    batch_size: draft.batchSize === '' ? undefined : /^\d+$/.test(draft.batchSize) ? Number(draft.batchSize) : draft.batchSize,
    pause: numberOf(draft.pause),
    max_failure_ratio: numberOf(draft.maxFailureRatio),
    ...workOf(draft),
  }) as FanoutBody;
}

function workOf(draft: TaskDraft) {
  return {
    type: draft.type,
    command: draft.command === '' ? undefined : draft.command,
    params: Object.keys(draft.params).length > 0 ? draft.params : undefined,
    file_id: draft.fileId || undefined,
    time_limit: numberOf(draft.timeLimit),
    wait: numberOf(draft.wait),
    priority: numberOf(draft.priority),
    retries: numberOf(draft.retries),
    retry_seconds: numberOf(draft.retrySeconds),
    idempotent: draft.idempotent || undefined,
  };
}

/** A body of either kind as the form shows it; members of another type than the form has are taken as if they weren't there. */
export function draftOf(body: Readonly<Record<string, unknown>>): TaskDraft {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const number = (name: string): Number_ => (typeof body[name] === 'number' ? body[name] : '');
  const { command, params, labels, agents } = body;
  const batch = body.batch_size;
  return {
    many: agents !== undefined || labels !== undefined || batch !== undefined,
    agent: text('agent_id'),
    agents: Array.isArray(agents) ? agents.filter((one) => typeof one === 'string') : [],
    labels: isObject(labels) ? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])) : {},
    batchSize: typeof batch === 'string' || typeof batch === 'number' ? String(batch) : '',
    pause: number('pause'),
    maxFailureRatio: number('max_failure_ratio'),
    type: isTaskType(text('type')) ? (text('type') as TaskType) : 'shell',
    command: typeof command === 'string' ? command : command === undefined || command === null ? '' : JSON.stringify(command, null, 2),
    params: isObject(params) ? params : {},
    fileId: text('file_id'),
    timeLimit: number('time_limit'),
    wait: number('wait'),
    priority: number('priority'),
    retries: number('retries'),
    retrySeconds: number('retry_seconds'),
    idempotent: body.idempotent === true,
  };
}

const known = new Set([
  'agent_id', 'agents', 'labels', 'batch_size', 'pause', 'max_failure_ratio', 'type', 'command', 'params', 'file_id', 'time_limit', 'wait', 'priority', 'retries', 'retry_seconds',
  'idempotent',
]);

/** Members of a body that the form doesn't have, and that would be lost. */
export function unknownMembers(body: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(body).filter((name) => !known.has(name));
}

/** Whether there is enough of it to ask an agent. */
export function isWhole(draft: TaskDraft): boolean {
  if (draft.type === 'file') return typeof draft.params.path === 'string' && draft.params.path !== '';
  if (draft.type === 'api') return typeof draft.params.url === 'string' && draft.params.url !== '';
  return draft.command.trim() !== '' || draft.fileId !== '' || (draft.type === 'shell' && Array.isArray(draft.params.args) && draft.params.args.length > 0);
}

/** A member of nested params; undefined: it isn't there. */
export function paramAt(params: Params, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), params);
}

/** The params with one member changed; `undefined` takes it out, and what it leaves empty, too. */
export function withParam(params: Params, path: string, value: unknown): Params {
  const [name = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : withParam(isObject(params[name]) ? params[name] : {}, rest.join('.'), value);
  const others = Object.fromEntries(Object.entries(params).filter(([other]) => other !== name));
  return inner === undefined || (isObject(inner) && rest.length > 0 && Object.keys(inner).length === 0) ? others : { ...others, [name]: inner };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: Number_): number | undefined {
  return value === '' ? undefined : Number(value);
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
