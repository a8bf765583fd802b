import { Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { ProcessView } from '../api/schema';
import { formatUnit } from '../format/number';
import { CpuShare } from './ProcessList';
import { treeKey, type TreeRow, treeRows } from './treeRows';
import { useAgentText } from './text';

/** Processes below those that started them. What is beside a name is of it and all below it. */
export function ProcessTree({ roots }: { roots: ProcessView[] }) {
  const say = useAgentText();
  const body = useRef<HTMLTableSectionElement>(null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [active, setActive] = useState<number>();
  const rows = treeRows(roots, collapsed);
  const at = Math.max(0, rows.findIndex(({ process }) => process.pid === active));
  const toggle = (pid: number) => {
    const next = new Set(collapsed);
    if (!next.delete(pid)) next.add(pid);
    setCollapsed(next);
  };
  const press = (event: KeyboardEvent) => {
    const act = treeKey(event.key, rows, at);
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if ('toggle' in act) toggle(act.toggle);
    else body.current?.querySelectorAll<HTMLElement>('[role="row"]')[act.go]?.focus();
  };
  return (
    <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: -1 } }}>
      <Table role="treegrid" aria-label={say('processes')} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr role="row">
            <Table.Th role="columnheader">{say('processName')}</Table.Th>
            <Table.Th role="columnheader" ta="right">{say('pid')}</Table.Th>
            <Table.Th role="columnheader" ta="right">{say('cpu')} ({say('total')})</Table.Th>
            <Table.Th role="columnheader" ta="right">{say('memory')} ({say('total')})</Table.Th>
            <Table.Th role="columnheader" ta="right" visibleFrom="md">{say('processCount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body} onKeyDown={press}>
          {rows.map((row, index) => <Row key={row.process.pid} row={row} isActive={index === at} onFocus={() => setActive(row.process.pid)} onToggle={() => toggle(row.process.pid)} />)}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RowProps {
  row: TreeRow;
  isActive: boolean;
  onFocus: () => void;
  onToggle: () => void;
}

function Row({ row: { process, level, position, siblings, expanded }, isActive, onFocus, onToggle }: RowProps) {
  const { total } = process;
  const Sign = expanded ? IconChevronDown : IconChevronRight;
  return (
    <Table.Tr role="row" aria-level={level} aria-posinset={position} aria-setsize={siblings} aria-expanded={expanded} tabIndex={isActive ? 0 : -1} onFocus={onFocus}>
      <Table.Td role="gridcell" style={{ paddingInlineStart: 8 + (level - 1) * 18 }} title={process.command ?? undefined}>
        {expanded === undefined ? <span style={{ display: 'inline-block', width: 20 }} /> : (
          <UnstyledButton onClick={onToggle} tabIndex={-1} aria-label={process.name} w={20}><Sign size={14} /></UnstyledButton>
        )}
        <Text span size="sm" className="wrap">{process.name}</Text>
      </Table.Td>
      <Table.Td role="gridcell" ta="right">{process.pid}</Table.Td>
      <Table.Td role="gridcell" ta="right"><CpuShare normalized={total?.cpu_percent_normalized} ofCore={total?.cpu_percent} /></Table.Td>
      <Table.Td role="gridcell" ta="right">{formatUnit(total?.memory_bytes, 'bytes')}</Table.Td>
      <Table.Td role="gridcell" ta="right" visibleFrom="md">{formatUnit(total?.count, undefined)}</Table.Td>
    </Table.Tr>
  );
}
