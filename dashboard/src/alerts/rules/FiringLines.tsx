import { Box, Group, ScrollArea, Stack, Text } from '@mantine/core';
import type { DryRunAnswer } from '../../api/schema';
import { TimeText } from '../../lists/TimeText';
import { firingRows } from './firingRows';
import { useRulesText } from './text';

// The table below has the rest.
const mostRows = 50;

/** The firings drawn over the period, a line for each subject. */
export function FiringLines({ answer }: { answer: DryRunAnswer }) {
  const say = useRulesText();
  const rows = firingRows(answer).slice(0, mostRows);
  return (
    <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': say('timeline') }}>
      <Stack gap={4} component="figure" m={0}>
        <Group justify="space-between" fz="xs" c="dimmed"><TimeText at={answer.from} /><TimeText at={answer.to} /></Group>
        {rows.map((row) => (
          <Box key={row.subject}>
            <Text size="xs" truncate>{row.subject}</Text>
            <svg width="100%" height="10" role="img" aria-label={`${row.subject}: ${say('wouldFire', { count: row.bars.length })}`}>
              <rect width="100%" height="10" fill="var(--mantine-color-default-border)" />
              {row.bars.map((bar) => (
                <rect key={bar.from} x={`${bar.from * 100}%`} width={`${Math.max(0.4, (bar.to - bar.from) * 100)}%`} height="10" fill="var(--mantine-color-red-6)" />
              ))}
            </svg>
          </Box>
        ))}
      </Stack>
    </ScrollArea.Autosize>
  );
}
