import { Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReportTable } from '../api/schema';
import { sizeOf, sortRows } from './sortRows';
import { useDiagnosisText } from './text';

/** A table of what an expert worked out, which can be put into the order of any column. */
export function DetailTable({ table: { title, columns, rows, omitted } }: { table: ReportTable }) {
  const say = useDiagnosisText();
  const [sort, setSort] = useState<{ column: number; descending: boolean } | null>(null);
  const shown = useMemo(() => (sort ? sortRows(rows, sort.column, sort.descending) : rows), [rows, sort]);
  // Quantities stand at the right; the first row that says something tells.
  const right = columns.map((_, column) => {
    const cell: string | null | undefined = rows.find((row) => (row[column] as string | null) !== null)?.[column];
    return cell !== undefined && cell !== null && sizeOf(cell) !== null;
  });
  const toggle = (column: number) => setSort(sort?.column === column && !sort.descending ? { column, descending: true } : { column, descending: false });
  const order = (column: number) => (sort?.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending');
  return (
    <>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': title, role: 'group' } }}>
        <Table verticalSpacing={4} highlightOnHover>
          <Table.Caption style={{ captionSide: 'top', padding: 0 }}><VisuallyHidden>{title}</VisuallyHidden></Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column, index) => (
                <Table.Th key={column} ta={right[index] ? 'right' : undefined} aria-sort={order(index)}>
                  <UnstyledButton fw={700} fz="sm" onClick={() => toggle(index)} title={say('sortBy', { column })}>
                    {column}{sort?.column === index && <span aria-hidden>{sort.descending ? ' ↓' : ' ↑'}</span>}
                  </UnstyledButton>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row, place) => (
              <Table.Tr key={place}>
                {columns.map((column, index) => <Table.Td key={column} ta={right[index] ? 'right' : undefined} className="wrap">{row[index] ?? '–'}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {(omitted ?? 0) > 0 && <Text size="sm" c="dimmed">{say('omitted', { count: omitted })}</Text>}
    </>
  );
}
