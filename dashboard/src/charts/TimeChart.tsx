import { Button, Group, Stack, Text } from '@mantine/core';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatUnit } from '../format/number';
import { language } from '../language/language';
import { useCommon } from '../language/common';
import { ChartLegend } from './ChartLegend';
import { ChartTable } from './ChartTable';
import { seriesColor, seriesDash } from './palette';

export interface ChartSeries {
  label: string;
  /** A value per time; null: none is known, and the line has a gap; undefined: none was due, and the line goes on. */
  values: (number | null | undefined)[];
}

interface Props {
  /** What the chart shows, for its heading and for those who don't see it. */
  title: string;
  unit?: string | undefined;
  /** Seconds since 1970, ascending. */
  times: number[];
  series: ChartSeries[];
  height?: number;
  /** Charts of one key share their cursor. */
  sync?: string;
  /** A part was chosen with the mouse; seconds since 1970. */
  onZoom?: ((from: number, to: number) => void) | undefined;
  /** Undoes the zoom; absent: there is none. */
  onZoomOut?: (() => void) | undefined;
  /** The lowest top of the scale: percent charts go to 100. */
  max?: number;
}

/** Lines over time. Drag to zoom; the legend switches lines; the same figures as a table. */
export function TimeChart(props: Props) {
  const { title, unit, times, series, onZoom, onZoomOut } = props;
  const say = useCommon();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<number | null>(null);
  const [table, setTable] = useState(false);
  return (
    <Stack gap={4} component="figure" m={0} data-chart={title}>
      <Group justify="space-between" gap="xs">
        <Text component="figcaption" size="sm" fw={600}>{title}</Text>
        <Group gap={4}>
          {onZoomOut && <Button size="compact-xs" variant="default" onClick={onZoomOut}>{say('zoomOut')}</Button>}
          <Button size="compact-xs" variant="subtle" onClick={() => setTable(!table)} aria-pressed={table}>{table ? say('asChart') : say('asTable')}</Button>
        </Group>
      </Group>
      {times.length === 0 || series.length === 0 ? (
        <Text c="dimmed" ta="center" py="xl">{say('noData')}</Text>
      ) : table ? (
        <ChartTable title={title} unit={unit} times={times} series={series} />
      ) : (
        <>
          <Canvas {...props} hidden={hidden} onCursor={setCursor} onZoom={onZoom} />
          <ChartLegend series={series} unit={unit} hidden={hidden} onHidden={setHidden} at={cursor} />
        </>
      )}
    </Stack>
  );
}

type CanvasProps = Props & { hidden: ReadonlySet<string>; onCursor: (index: number | null) => void };

function Canvas({ title, unit, times, series, height = 200, sync, max, hidden, onCursor, onZoom }: CanvasProps) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const scheme = useComputedColorScheme('light');
  const tellCursor = useEffectEvent(onCursor);
  const tellZoom = useEffectEvent((from: number, to: number) => onZoom?.(from, to));
  const labels = series.map((one) => one.label).join('\n');
  const data = useMemo<uPlot.AlignedData>(() => [times, ...series.map((one) => one.values)], [times, series]);
  const newest = useEffectEvent(() => data);

  // A chart is made anew for other lines; new values of the same ones go into it.
  useEffect(() => {
    const element = holder.current!;
    const options = chartOptions({ unit, labels: labels.split('\n'), height, width: element.clientWidth, sync, max, dark: scheme === 'dark' });
    options.hooks = {
      setCursor: [(plot) => tellCursor(plot.cursor.idx ?? null)],
      setSelect: [(plot) => plot.select.width > 5 && tellZoom(plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x'))],
    };
    const made = new uPlot(options, newest(), element);
    chart.current = made;
    const resizing = new ResizeObserver(([entry]) => entry && made.setSize({ width: entry.contentRect.width, height }));
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [unit, labels, height, sync, max, scheme]);
  useEffect(() => {
    if (chart.current && chart.current.data !== data) chart.current.setData(data);
  }, [data]);
  useEffect(() => {
    series.forEach((one, index) => chart.current?.setSeries(index + 1, { show: !hidden.has(one.label) }));
    // Which are hidden changes with their names only.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hidden, labels, scheme]);

  return <div ref={holder} role="img" aria-label={title} style={{ width: '100%', minHeight: height }} />;
}

interface Look {
  unit: string | undefined;
  labels: string[];
  width: number;
  height: number;
  sync: string | undefined;
  max: number | undefined;
  dark: boolean;
}

function chartOptions({ unit, labels, width, height, sync, max, dark }: Look): uPlot.Options {
  const ink = dark ? '#c9c9c9' : '#495057';
  const grid = { stroke: dark ? '#3b3b3b' : '#e9ecef', width: 1 };
  const locale = language() === 'zh' ? 'zh-CN' : 'en-GB';
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, focus: { prox: 20 }, ...(sync && { sync: { key: sync } }) },
    focus: { alpha: 0.4 },
    scales: { y: { range: (_, low, high) => [Math.min(0, low), Math.max(high * 1.05, max ?? 0, 1e-9)] } },
    axes: [
      {
        stroke: ink, grid, ticks: grid,
        values: (_, splits, __, ___, step) => splits.map((at) => new Intl.DateTimeFormat(locale, axisFormat(step)).format(at * 1000)),
      },
      { stroke: ink, grid, ticks: grid, size: 76, values: (_, splits) => splits.map((value) => formatUnit(value, unit)) },
    ],
    series: [
      {},
      ...labels.map((label, index): uPlot.Series => {
        const dash = seriesDash(index);
        return { label, stroke: seriesColor(index), width: 1.5, spanGaps: false, points: { show: false }, ...(dash && { dash }) };
      }),
    ],
  };
}

function axisFormat(stepSeconds: number): Intl.DateTimeFormatOptions {
  if (stepSeconds >= 86_400) return { month: 'numeric', day: 'numeric' };
  if (stepSeconds >= 60) return { hour: '2-digit', minute: '2-digit' };
  return { hour: '2-digit', minute: '2-digit', second: '2-digit' };
}
