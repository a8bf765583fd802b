import { Badge, Group, Text } from '@mantine/core';
import { levelColor, levelText } from './level';
import { useDiagnosisText } from './text';

/** A score with its level in words. */
export function ScoreBadge({ score, level }: { score: number | null; level: string }) {
  const say = useDiagnosisText();
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" fw={600} w={30} ta="right">{score ?? '–'}</Text>
      <Badge variant="light" className="contrast" color={levelColor(level)}>{say(levelText(level))}</Badge>
    </Group>
  );
}
