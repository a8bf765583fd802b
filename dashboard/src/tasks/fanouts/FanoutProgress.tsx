import { Group, Progress, Stack, Text } from '@mantine/core';
import type { FanoutView } from '../../api/schema';
import { formatNumber } from '../../format/number';
import { taskStates } from '../taskTypes';
import { useTasksText } from '../text';
import { useFanoutText } from './text';

const color = { pending: 'gray.5', running: 'blue.6', success: 'green.7', failed: 'red.6', canceled: 'gray.7', lost: 'orange.6' } as const;

/** How many of a fan-out's tasks have each state, as a bar and in words. */
export function FanoutProgress({ fanout }: { fanout: FanoutView }) {
  const say = useFanoutText();
  const tasks = useTasksText();
  const parts = taskStates.map((state) => ({ state, count: fanout.counts[state] ?? 0 })).filter((one) => one.count > 0);
  const rest = fanout.agent_count - fanout.begun;
  return (
    <Stack gap={4}>
      <Progress.Root size="lg">
        {parts.map(({ state, count }) => (
          <Progress.Section key={state} value={(count / fanout.agent_count) * 100} color={color[state]} aria-label={tasks(state)} />
        ))}
      </Progress.Root>
      <Group gap="sm">
        {parts.map(({ state, count }) => <Text key={state} size="xs">{tasks(state)}: {formatNumber(count)}</Text>)}
        {rest > 0 && <Text size="xs" c="dimmed">{say('notBegun')}: {formatNumber(rest)}</Text>}
      </Group>
    </Stack>
  );
}
