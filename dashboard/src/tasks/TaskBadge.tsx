import { Badge, Group } from '@mantine/core';
import type { FanoutView, TaskView } from '../api/schema';
import { useTasksText } from './text';
import { taskState } from './taskTypes';

const stateColor = { pending: 'gray', running: 'blue', success: 'green', failed: 'red', canceled: 'gray', lost: 'orange' } as const;

/** How a task or a fan-out stands. */
export function TaskBadge({ task }: { task: Pick<TaskView | FanoutView, 'status' | 'approval'> & { canceling?: boolean } }) {
  const say = useTasksText();
  const state = taskState(task.status);
  return (
    <Group gap={4}>
      <Badge variant="light" className="contrast" color={state ? stateColor[state] : 'gray'} data-status={task.status}>{state ? say(state) : task.status}</Badge>
      {task.approval?.state === 'waiting' && <Badge variant="light" className="contrast" color="orange">{say('waiting')}</Badge>}
      {task.canceling && <Badge variant="light" className="contrast" color="gray">{say('canceling')}</Badge>}
    </Group>
  );
}
