import { Group, Text, Timeline } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TaskView } from '../api/schema';
import { formatSeconds } from '../format/number';
import { formatTime } from '../format/time';
import { Section } from '../lists/Section';
import { TimeText } from '../lists/TimeText';
import { Decide } from './Decide';
import { TaskBadge } from './TaskBadge';
import { taskState } from './taskTypes';
import { useTasksText } from './text';
import { formatTook } from './took';

/** How a task came to be where it is. */
export function TaskSteps({ task }: { task: TaskView }) {
  const say = useTasksText();
  const { approval } = task;
  const state = taskState(task.status);
  const steps: { key: string; title: string; text: ReactNode }[] = [
    { key: 'asked', title: say('asked'), text: <><TimeText at={task.created_at} /> · {task.created_by}</> },
    ...(approval ? [{ key: 'approval', title: say(approval.state === 'waiting' ? 'waiting' : `${approval.state}At`), text: <ApprovalText task={task} /> }] : []),
    ...(task.started_at ? [{ key: 'started', title: say('started'), text: <><TimeText at={task.started_at} />{task.attempt > 1 && ` · ${say('attempt')} ${task.attempt}`}</> }] : []),
    ...(task.finished_at ? [{ key: 'finished', title: state ? say(state) : task.status, text: <><TimeText at={task.finished_at} /> · {say('took')}: {formatTook(task)}{task.canceled_by && ` · ${task.canceled_by}`}</> }] : []),
  ];
  return (
    <Section title={say('timeline')} actions={<TaskBadge task={task} />}>
      <Timeline active={steps.length - 1} bulletSize={16} lineWidth={2}>
        {steps.map((step) => (
          <Timeline.Item key={step.key} title={<Text size="sm" fw={600}>{step.title}</Text>}><Text size="sm" component="div">{step.text}</Text></Timeline.Item>
        ))}
      </Timeline>
      <Group gap="xl" mt="sm">
        <Text size="sm">{say('timeLimit')}: {formatSeconds(task.time_limit)}</Text>
        <Text size="sm">{say('priority')}: {task.priority}</Text>
        {task.position !== null && task.position !== undefined && <Text size="sm">{say('queue', { count: task.position })}</Text>}
      </Group>
    </Section>
  );
}

function ApprovalText({ task }: { task: TaskView }) {
  const say = useTasksText();
  const approval = task.approval!;
  return (
    <>
      {say('byRule', { rule: approval.rule })}
      {approval.state === 'waiting' ? <> · {say('waitsUntil', { time: formatTime(approval.until) })}</> : <> · <TimeText at={approval.at} /> · {approval.by ?? '–'}</>}
      {approval.note && <Text size="sm" className="wrap">{approval.note}</Text>}
      <Decide subject={task} kind="task" />
    </>
  );
}
