import { Alert, Group, Stack, Text } from '@mantine/core';
import type { SqlRows } from '../api/schema';
import { formatNumber } from '../format/number';
import { separated } from '../format/separated';
import { useCommon } from '../language/common';
import { Copy } from '../lists/Copy';
import { cellText } from './result';
import { ResultTable } from './ResultTable';
import { useSqlText } from './text';

/** An answer with what is to be known of it: how many rows, how long it took, what was cut. */
export function Result({ answer }: { answer: SqlRows }) {
  const say = useSqlText();
  const common = useCommon();
  const { columns, rows, row_count: count, truncated_by: cut, elapsed_ms: elapsed } = answer;
  const text = (separator: ',' | '\t') => () => separated(columns.map((column) => column.name), rows.map((row) => row.map(cellText)), separator);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" role="status" data-rows={count}>{common('rows', { count })} · {say('took', { time: `${formatNumber(elapsed, 0)} ms` })}</Text>
        {rows.length > 0 && <Group gap="xs"><Copy text={text(',')} label={say('copyCsv')} /><Copy text={text('\t')} label={say('copyTsv')} /></Group>}
      </Group>
      {cut && <Alert color="orange" variant="light" role="status">{say(cut === 'bytes' ? 'cutBytes' : 'cutRows')}</Alert>}
      {columns.length === 0 ? <Text size="sm">{say('noColumns')}</Text> : <ResultTable answer={answer} />}
      {columns.length > 0 && rows.length === 0 && <Text size="sm" c="dimmed">{say('noRows')}</Text>}
    </Stack>
  );
}
