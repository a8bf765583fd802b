import type { TaskView } from '../../api/schema';
import { parseLabels, labelParts } from '../../format/labels';
import { draftOf, fanoutOf, isObject, type TaskDraft, taskOf } from './taskDraft';

const page = '/tasks/new';

// What servers and proxies take of an address for sure; what is longer stands behind the '#', which no server sees.
const longest = 1_500;

const numbers = new Set(['time_limit', 'wait', 'priority', 'retries', 'retry_seconds', 'pause', 'max_failure_ratio']);

/** The address of the form with a draft in it. */
export function addressOfDraft(draft: TaskDraft): string {
  const body: Record<string, unknown> = draft.many ? { ...fanoutOf(draft) } : { ...taskOf(draft) };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    if (name === 'agents') (value as string[]).forEach((one) => params.append(name, one));
    else if (name === 'labels') labelParts(value as Record<string, string>).forEach((one) => params.append('label', one));
    else if (name === 'params') params.set(name, JSON.stringify(value));
    else params.set(name, String(value));
  }
  const text = params.toString();
  return `${page}${text.length <= longest ? '?' : '#'}${text}`;
}

/** The address of the form with what a task was asked for: to repeat it. */
export function addressOf(task: TaskView): string {
  const { agent_id, type, command, params, file_id, time_limit, priority } = task;
  return addressOfDraft(draftOf({ agent_id, type, command, params, file_id, time_limit, ...(priority !== 5 && { priority }) }));
}

/** What the address asks the form to begin with. */
export function draftOfAddress({ search, hash }: { search: string; hash: string }): TaskDraft {
  const params = new URLSearchParams(hash.length > 1 ? hash.slice(1) : search);
  const body: Record<string, unknown> = {};
  for (const [name, value] of params) {
    if (numbers.has(name)) body[name] = Number(value);
    else if (name === 'idempotent') body[name] = value === 'true';
    else if (name === 'params') body[name] = readObject(value);
    else if (name !== 'agents' && name !== 'label') body[name] = value;
  }
  if (params.has('agents')) body.agents = params.getAll('agents');
  if (params.has('label')) body.labels = parseLabels(params.getAll('label'));
  return draftOf(body);
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
