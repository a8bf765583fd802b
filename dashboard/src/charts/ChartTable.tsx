import { ScrollArea, Table } from '@mantine/core';
import { formatUnit } from '../format/number';
import { formatTime } from '../format/time';
import type { ChartSeries } from './TimeChart';

// More rows than anybody reads; the export has all.
const most = 500;

/** The figures of a chart as rows, newest first. */
export function ChartTable({ title, unit, times, series }: { title: string; unit: string | undefined; times: number[]; series: ChartSeries[] }) {
  const indexes = times.map((_, index) => index).reverse().slice(0, most);
  return (
    <ScrollArea h={240} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
      <Table striped stickyHeader fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            {series.map((one) => <Table.Th key={one.label} ta="right">{one.label}</Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {indexes.map((index) => (
            <Table.Tr key={times[index]}>
              <Table.Td>{formatTime(times[index]! * 1000)}</Table.Td>
              {series.map((one) => <Table.Td key={one.label} ta="right">{formatUnit(one.values[index], unit)}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
