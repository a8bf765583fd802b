import { Badge, Code, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { formatNumber } from '../../format/number';
import { useCommon } from '../../language/common';
import { useTasksText } from '../text';
import type { StatementResult, StatementsResult } from './shapes';

const statusColor: Record<string, string> = { success: 'green', failed: 'red', rolled_back: 'orange', unknown: 'orange', canceled: 'gray', not_run: 'gray' };

/** What became of each statement, with its rows. */
export function Statements({ result }: { result: StatementsResult }) {
  const say = useTasksText();
  return (
    <Stack gap="md">
      {result.affectedRows !== undefined && <Text size="sm">{say('affected')}: {formatNumber(result.affectedRows)}</Text>}
      {result.statements.map((one) => <Statement key={one.index} statement={one} />)}
      {result.truncated && <Text size="sm" c="dimmed">{say('truncated')}</Text>}
    </Stack>
  );
}

function Statement({ statement }: { statement: StatementResult }) {
  const say = useTasksText();
  const { affectedRows, rowCount, elapsedMs, risk, error, columns } = statement;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" fw={600}>{say('statement')} {statement.index}</Text>
        <Badge variant="light" className="contrast" color={statusColor[statement.status] ?? 'gray'}>{statement.status}</Badge>
        {risk === 'high' && <Badge variant="light" className="contrast" color="orange">{say('risk')}: {risk}</Badge>}
        {affectedRows !== undefined && <Text size="xs">{say('affected')}: {formatNumber(affectedRows)}</Text>}
        {rowCount !== undefined && <Text size="xs">{say('rows')}: {formatNumber(rowCount)}</Text>}
        {elapsedMs !== undefined && <Text size="xs" c="dimmed">{formatNumber(elapsedMs, 1)} ms</Text>}
      </Group>
      <Code block mah={120} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={`${say('statement')} ${statement.index}`}>{statement.sql}</Code>
      {error && <Text size="sm" c="red" className="wrap">{error}</Text>}
      {columns.length > 0 && <Rows statement={statement} />}
      {statement.rowsCut && <Text size="xs" c="dimmed">{say('rowsCut')}</Text>}
    </Stack>
  );
}

// The log has all of them.
const shown = 200;

function Rows({ statement }: { statement: StatementResult }) {
  const say = useTasksText();
  const common = useCommon();
  const rows = statement.rows.slice(0, shown);
  if (rows.length === 0) return <Text size="sm" c="dimmed">{say('notNumbered')}</Text>;
  return (
    <ScrollArea.Autosize mah={360} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': `${say('rows')} ${statement.index}` }}>
      <Table striped stickyHeader fz="xs" withTableBorder>
        <Table.Thead><Table.Tr>{statement.columns.map((name, column) => <Table.Th key={column}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {row.map((cell, column) => <Table.Td key={column} ff="monospace">{cell === null ? <Text span size="xs" c="dimmed" fs="italic">NULL</Text> : cell}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {statement.rows.length > shown && <Text size="xs" c="dimmed">{common('rows', { count: statement.rows.length })}: {say('truncated')}</Text>}
    </ScrollArea.Autosize>
  );
}
