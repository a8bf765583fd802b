import { Anchor, Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { TaskView } from '../../api/schema';
import { formatBytes, formatNumber } from '../../format/number';
import { Section } from '../../lists/Section';
import { ProblemAlert } from '../ProblemAlert';
import { isOver } from '../taskTypes';
import { useTasksText } from '../text';
import { HttpAnswer } from './HttpAnswer';
import { shapeOf } from './shapes';
import { Statements } from './Statements';

/** What a task came to: why it is no success, its exit code, and its result by type. */
export function TaskResult({ task }: { task: TaskView }) {
  const say = useTasksText();
  const exit = task.exit_code;
  return (
    <Section title={say('result')} actions={exit !== null && exit !== undefined && <Badge variant="light" className="contrast" color={exit === 0 ? 'green' : 'red'} data-exit={exit}>{say('exitCode')} {exit}</Badge>}>
      <Stack gap="sm">
        {task.problem && <ProblemAlert problem={task.problem} />}
        {!task.problem && task.error && <ProblemAlert problem={{ code: task.status, message: task.error }} />}
        <Shown task={task} />
      </Stack>
    </Section>
  );
}

function Shown({ task }: { task: TaskView }) {
  const say = useTasksText();
  const shape = shapeOf(task.type, task.result);
  switch (shape.kind) {
    case 'none':
      return isOver(task.status) ? null : <Text size="sm" c="dimmed">{say('noResult')}</Text>;
    case 'text':
      return shape.text === '' ? null : <Block text={shape.text} />;
    case 'statements':
      return <Statements result={shape.result} />;
    case 'http':
      return <HttpAnswer result={shape.result} />;
    case 'objects':
      return (
        <Stack gap="xs">
          {shape.objects.map((one, index) => (
            <details key={`${index} ${one.name}`}>
              <summary><Text span size="sm">{one.name || say('objects')} · {one.done}</Text></summary>
              {one.object !== null && <Block text={JSON.stringify(one.object, null, 2)} />}
            </details>
          ))}
          {shape.truncated && <Text size="sm" c="dimmed">{say('truncated')}</Text>}
        </Stack>
      );
    case 'file':
      return (
        <Stack gap={4}>
          <Text size="sm" className="wrap">{shape.path}{shape.bytes !== undefined && ` · ${formatBytes(shape.bytes)}`}{shape.entries !== undefined && ` · ${formatNumber(shape.entries)}`}</Text>
          {shape.sha256 && <Text size="xs" ff="monospace" className="wrap">SHA-256 {shape.sha256}</Text>}
          {shape.fileId && <Group><Anchor size="sm" href={`/api/v1/files/${encodeURIComponent(shape.fileId)}/download`} download>{say('downloadFile')}</Anchor></Group>}
        </Stack>
      );
    case 'json':
      return <Block text={JSON.stringify(shape.value, null, 2)} />;
  }
}

function Block({ text }: { text: string }) {
  const say = useTasksText();
  return <Code block mah={400} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={say('result')}>{text}</Code>;
}
