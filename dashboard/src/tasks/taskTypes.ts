/** The types of task, as the centre names them. */
export const taskTypes = ['shell', 'mysql', 'doris', 'postgres', 'clickhouse', 'mongo', 'elasticsearch', 'k8s', 'api', 'file'] as const;

export type TaskType = (typeof taskTypes)[number];

export function isTaskType(text: string): text is TaskType {
  return (taskTypes as readonly string[]).includes(text);
}

export const sqlTypes: readonly TaskType[] = ['mysql', 'doris', 'postgres', 'clickhouse'];

/** States of a task. */
export const taskStates = ['pending', 'running', 'success', 'failed', 'canceled', 'lost'] as const;

export type TaskState = (typeof taskStates)[number];

/** The state if it is a known one; a newer centre may have others. */
export function taskState(status: string): TaskState | undefined {
  return taskStates.find((one) => one === status);
}

/** Whether a task has come to its end. A lost one may still be told of by its agent. */
export function isOver(status: string): boolean {
  return status === 'success' || status === 'failed' || status === 'canceled' || status === 'lost';
}
