import { Table, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  align?: 'right';
  /** Left out on narrow screens. */
  wide?: boolean;
}

interface Props<T> {
  /** What the table is of, for those who don't see it. */
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
}

/** A table of a page of a list; it scrolls sideways by itself where the screen is narrow. */
export function DataTable<T>({ label, columns, rows, rowKey }: Props<T>) {
  return (
    <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label, role: 'group' } }}>
      <Table highlightOnHover verticalSpacing={6}>
        <Table.Caption style={{ captionSide: 'top', padding: 0 }}><VisuallyHidden>{label}</VisuallyHidden></Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} ta={column.align} {...(column.wide && { visibleFrom: 'md' })}>{column.title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map((column) => (
                <Table.Td key={column.key} ta={column.align} {...(column.wide && { visibleFrom: 'md' })}>
                  {typeof column.cell(row) === 'string' ? <Text size="sm" className={column.align ? 'nowrap' : 'wrap'}>{column.cell(row)}</Text> : column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
