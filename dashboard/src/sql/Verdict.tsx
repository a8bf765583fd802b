import { Alert, Button, Group, Text } from '@mantine/core';
import { messageOf } from '../api/problem';
import { placeOf } from './result';
import { useSqlText } from './text';
import type { useVerdict } from './useVerdict';

/** What the guard says of the statement, and where it takes offence. */
export function Verdict({ id, sql, judged, onShow }: { id: string; sql: string; judged: ReturnType<typeof useVerdict>; onShow: (position: number) => void }) {
  const say = useSqlText();
  const { verdict, error, isPresent } = judged;
  if (sql.trim() === '') return <Text id={id} size="sm" c="dimmed">{say('typeFirst')}</Text>;
  if (error) return <Text id={id} size="sm" role="status">{say('notChecked', { problem: messageOf(error) })}</Text>;
  if (!isPresent || !verdict) return <Text id={id} size="sm" c="dimmed" role="status">{say('checking')}</Text>;
  if (verdict.allowed) return <Text id={id} size="sm" role="status" data-verdict="allowed">✓ {say('allowed')}</Text>;
  const position = verdict.position ?? null;
  const where = position === null ? '' : ` (${say('at', { ...placeOf(sql, position) })})`;
  return (
    <Alert id={id} color="orange" variant="light" role="status" title={say('refused') + where} data-verdict="refused">
      <Group justify="space-between" gap="xs">
        <Text size="sm" className="wrap" flex={1} miw={220}>{verdict.message}{verdict.code && <Text span size="xs" ff="monospace"> {verdict.code}</Text>}</Text>
        {position !== null && <Button size="compact-xs" variant="default" onClick={() => onShow(position)}>{say('goThere')}</Button>}
      </Group>
    </Alert>
  );
}
