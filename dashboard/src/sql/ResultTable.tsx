import { Code, Group, Modal, Stack } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { SqlRows } from '../api/schema';
import { useCommon } from '../language/common';
import { Copy } from '../lists/Copy';
import { cellText, isClipped, isNumeric, widthsOf } from './result';
import { useSqlText } from './text';

const rowHeight = 28;

interface Whole {
  column: string;
  text: string;
}

/** The rows of an answer. Only those in sight are drawn, so there may be many; a cell that doesn't fit opens. */
export function ResultTable({ answer: { columns, rows } }: { answer: SqlRows }) {
  const say = useSqlText();
  const common = useCommon();
  const [whole, setWhole] = useState<Whole | null>(null);
  const region = useRef<HTMLDivElement>(null);
  const widths = useMemo(() => widthsOf(columns, rows), [columns, rows]);
  // It is asked for what to draw each time; React's compiler isn't in use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => region.current, estimateSize: () => rowHeight, overscan: 12 });
  const drawn = virtual.getVirtualItems();
  const [above, below] = drawn.length === 0 ? [0, 0] : [drawn[0]!.start, virtual.getTotalSize() - drawn.at(-1)!.end];
  return (
    <>
      {/* What scrolls must be reached by keys, too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={region} className="sql-result" tabIndex={0} role="group" aria-label={say('result')}>
        <table aria-label={say('result')} aria-rowcount={rows.length + 1}>
          <colgroup>{columns.map((column, index) => <col key={`${index} ${column.name}`} style={{ width: `calc(${widths[index]}ch + 18px)` }} />)}</colgroup>
          <thead>
            <tr>{columns.map((column, index) => <th key={`${index} ${column.name}`} scope="col" title={column.name}>{column.name}<small>{column.type}</small></th>)}</tr>
          </thead>
          <tbody>
            {above > 0 && <tr aria-hidden><td style={{ height: above }} /></tr>}
            {drawn.map(({ index }) => (
              <tr key={index} aria-rowindex={index + 2}>
                {columns.map((column, place) => (
                  <Cell key={`${place} ${column.name}`} text={cellText(rows[index]![place])} number={isNumeric(column)} width={widths[place]!} onOpen={(text) => setWhole({ column: column.name, text })} />
                ))}
              </tr>
            ))}
            {below > 0 && <tr aria-hidden><td style={{ height: below }} /></tr>}
          </tbody>
        </table>
      </div>
      <Modal size="xl" opened={whole !== null} onClose={() => setWhole(null)} title={say('whole', { column: whole?.column })} closeButtonProps={{ 'aria-label': common('close') }}>
        <Stack>
          <Code block className="wrap" style={{ whiteSpace: 'pre-wrap' }}>{whole?.text}</Code>
          <Group justify="flex-end"><Copy text={whole?.text ?? ''} /></Group>
        </Stack>
      </Modal>
    </>
  );
}

function Cell({ text, number, width, onOpen }: { text: string | null; number: boolean; width: number; onOpen: (text: string) => void }) {
  if (text === null) return <td><span className="null">NULL</span></td>;
  return (
    <td className={number ? 'number' : undefined}>
      {isClipped(text, width) ? <button type="button" onClick={() => onOpen(text)}>{text.slice(0, 2 * width)}</button> : text}
    </td>
  );
}
