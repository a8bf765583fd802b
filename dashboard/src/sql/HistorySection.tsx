import { Button, Group, Stack, Text } from '@mantine/core';
import { useCommon } from '../language/common';
import { Section } from '../lists/Section';
import { TimeText } from '../lists/TimeText';
import type { Past } from './history';
import { useSqlText } from './text';

/** The viewer's own statements, the newest first. */
export function HistorySection({ history, onUse, onClear }: { history: Past[]; onUse: (past: Past) => void; onClear: () => void }) {
  const say = useSqlText();
  const common = useCommon();
  return (
    <Section title={say('history')} about={say('historyHow')} actions={history.length > 0 && <Button size="xs" variant="default" onClick={onClear}>{say('clear')}</Button>}>
      {history.length === 0 ? <Text size="sm" c="dimmed">{say('noHistory')}</Text> : (
        <Stack gap={4} mah={320} style={{ overflowY: 'auto' }}>
          {history.map((past) => (
            <Group key={`${past.agent} ${past.sql}`} gap="xs" wrap="nowrap">
              <Button size="compact-xs" variant="default" onClick={() => onUse(past)} aria-label={`${say('use')}: ${past.sql}`} style={{ flexShrink: 0 }}>{say('use')}</Button>
              <Text size="xs" ff="monospace" truncate flex={1} title={past.sql}>{past.sql}</Text>
              <Text size="xs" c="dimmed" visibleFrom="sm">{past.agent}</Text>
              <Text size="xs" c="dimmed" visibleFrom="sm">{past.rows === null ? say('failedRun') : common('rows', { count: past.rows })}</Text>
              <Text size="xs" c="dimmed"><TimeText at={past.at} /></Text>
            </Group>
          ))}
        </Stack>
      )}
    </Section>
  );
}
