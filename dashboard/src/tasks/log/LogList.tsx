import { Box, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { formatBytes } from '../../format/number';
import { formatTime } from '../../format/time';
import { useTasksText } from '../text';
import type { LogRow } from './logRows';

interface Props {
  rows: readonly LogRow[];
  /** Stay at the end as rows come. */
  follow: boolean;
  onFollow: (follow: boolean) => void;
  /** The row to show: the match that is looked at. */
  at: number | undefined;
  found: string;
}

const rowHeight = 20;
const nearEnd = 40;

/** Rows of a log; only those in sight are in the page, however many there are. */
export function LogList({ rows, follow, onFollow, at, found }: Props) {
  const say = useTasksText();
  const region = useRef<HTMLDivElement>(null);
  // The rows are drawn anew as it scrolls, which is what it is for.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => region.current, estimateSize: () => rowHeight, overscan: 20 });
  useEffect(() => {
    if (follow && rows.length > 0) list.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [follow, rows.length, list]);
  useEffect(() => {
    if (at !== undefined) list.scrollToIndex(at, { align: 'center' });
  }, [at, list]);
  // Whoever scrolls up wants to read; who comes back to the end follows again.
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = region.current!;
    if (scrollHeight - scrollTop - clientHeight < nearEnd && !follow && at === undefined) onFollow(true);
  };
  return (
    <Box
      ref={region} h={480} tabIndex={0} role="log" aria-label={say('log')} aria-live="off" bd="1px solid var(--mantine-color-default-border)"
      style={{ overflow: 'auto', fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 }}
      onWheel={(event) => event.deltaY < 0 && onFollow(false)} onScroll={scrolled}
      onKeyDown={(event) => ['ArrowUp', 'PageUp', 'Home'].includes(event.key) && onFollow(false)}
    >
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        {list.getVirtualItems().map((item) => (
          <div key={item.key} ref={list.measureElement} data-index={item.index} style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}>
            <Row row={rows[item.index]!} current={item.index === at} found={found} />
          </div>
        ))}
      </div>
    </Box>
  );
}

// The word says which stream it is; the colour only helps.
const streamColor: Record<string, string | undefined> = { stderr: 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-3))', note: 'var(--mantine-color-dimmed)' };

function Row({ row, current, found }: { row: LogRow; current: boolean; found: string }) {
  const say = useTasksText();
  if (row.missing) {
    return <Text component="div" fz={12} px={8} fw={600} ta="center" bg="var(--mantine-color-yellow-light)" data-gap>— {say('missing', { bytes: formatBytes(row.missing) })} —</Text>;
  }
  const stream = row.stream === 'stdout' || row.stream === 'stderr' || row.stream === 'note' ? say(row.stream) : row.stream;
  return (
    <div style={{ display: 'flex', gap: 8, padding: '0 8px', minHeight: rowHeight, lineHeight: `${rowHeight}px`, background: current ? 'var(--mantine-color-yellow-light)' : undefined }} title={formatTime(row.timestamp)} data-stream={row.stream}>
      <span style={{ flex: '0 0 56px', color: 'var(--mantine-color-dimmed)', userSelect: 'none' }}>{stream}</span>
      <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0, color: streamColor[row.stream] }}><Marked text={row.message} found={found} /></span>
    </div>
  );
}

/** A text with the first place where something was found marked. */
function Marked({ text, found }: { text: string; found: string }) {
  const at = found === '' ? -1 : text.toLowerCase().indexOf(found.toLowerCase());
  if (at < 0) return text;
  return <>{text.slice(0, at)}<mark>{text.slice(at, at + found.length)}</mark>{text.slice(at + found.length)}</>;
}
