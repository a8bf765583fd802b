import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ErrorState } from '../lists/states';
import { type FleetFilter, pagesOf } from './filter';
import { FleetRow } from './FleetRow';
import { figuresOf, rowAt } from './rows';
import { useFleetPages, useLiveFigures, useSeenAgents, useSparklines } from './useFleet';

const rowHeight = 40;
const overscan = 8;

/** The rows of all agents that match, of which only those in sight are drawn and asked for. */
export function FleetRows({ filter, matching }: { filter: FleetFilter; matching: number }) {
  const holder = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  // The row that the focus is to go to once it is drawn.
  const wanted = useRef<number | null>(null);
  // Nothing is memoized by a compiler here.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: matching,
    getScrollElement: () => holder.current,
    estimateSize: () => rowHeight,
    overscan,
    // The row with the focus stays, or the focus would be lost.
    rangeExtractor: ({ startIndex, endIndex, overscan: more, count }) => {
      const from = Math.max(0, startIndex - more);
      const to = Math.min(count - 1, endIndex + more);
      const seen = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return active < from ? [active, ...seen] : active > to && active < count ? [...seen, active] : seen;
    },
  });
  const first = rows.range?.startIndex ?? 0;
  const last = rows.range?.endIndex ?? 0;
  const { pages, error } = useFleetPages(filter, pagesOf(first, last, matching, active));
  const seen = useSeenAgents(pages, first, last);
  const live = useLiveFigures(seen);
  const sparklines = useSparklines(seen);

  const move = (event: KeyboardEvent) => {
    const step = steps(Math.max(1, last - first - 1), matching)[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.min(matching - 1, Math.max(0, active + step));
    setActive(next);
    rows.scrollToIndex(next);
    wanted.current = next;
    // Keys are heard until the row is there; its page may have to be asked for.
    holder.current?.focus({ preventScroll: true });
  };
  useEffect(() => {
    const row = wanted.current === null ? null : holder.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    if (document.activeElement === holder.current) row.focus({ preventScroll: true });
  });
  return (
    <>
      {error !== undefined && pages.size === 0 && <ErrorState error={error} />}
      {/* Focus moves between the links of the rows, of which one is in the order of the tab key. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div ref={holder} className="fleet-rows" role="rowgroup" tabIndex={-1} onKeyDown={move} onFocus={(event) => event.target.dataset.row && setActive(Number(event.target.dataset.row))}>
        <div style={{ height: rows.getTotalSize() }} role="presentation">
          {rows.getVirtualItems().map(({ index, start }) => {
            const agent = rowAt(pages, index);
            const figures = agent && figuresOf(agent, live.get(agent.name));
            return (
              <FleetRow
                key={index} index={index} top={start} agent={agent} sparkline={agent && sparklines.get(agent.name)} isActive={index === active}
                status={figures?.status} cpu={figures?.cpu ?? null} memory={figures?.memory ?? null} disk={figures?.disk ?? null}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

const steps = (page: number, count: number): Record<string, number> => ({ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count });
