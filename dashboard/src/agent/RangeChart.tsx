import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { MetricRange } from '../api/schema';
import { highest, onOneAxis } from '../charts/lines';
import { useChartText } from '../charts/text';
import { TimeChart } from '../charts/TimeChart';
import { useSpan } from '../charts/useSpan';
import { labelsText } from '../format/labels';

// More lines than these nobody tells apart.
const most = 20;

interface Props {
  title: string;
  ranges: MetricRange[];
  /** What a metric is called beside others; left out: by its labels only. */
  names?: Record<string, string>;
  /** The label that names a series; left out: all of them. */
  by?: string;
  /** The lowest top of the scale. */
  max?: number;
  height?: number;
}

/** Ranges of metrics as one chart, which zooms and moves its cursor with the others of its page. */
export function RangeChart({ title, ranges, names, by, max, height }: Props) {
  const say = useChartText();
  const { zoomIn, zoomOut } = useSpan();
  const all = ranges.reduce((count, { series }) => count + series.length, 0);
  const share = Math.max(1, Math.floor(most / Math.max(1, ranges.length)));
  const { times, series } = useMemo(() => onOneAxis(ranges.map(({ metric, times: at, series: lines }) => ({
    times: at,
    series: highest(lines, share).map(({ labels, values }) => ({
      label: [by ? labels[by] : labelsText(labels), names?.[metric]].filter(Boolean).join(' ') || metric,
      values: values ?? [],
    })),
  }))), [ranges, names, by, share]);
  return (
    <div>
      <TimeChart
        title={title} unit={ranges[0]?.unit} times={times} series={series} sync="agent" onZoom={zoomIn} onZoomOut={zoomOut}
        {...(max !== undefined && { max })} {...(height !== undefined && { height })}
      />
      {series.length < all && <Text size="xs" c="dimmed">{say('someSeries', { shown: series.length, count: all })}</Text>}
    </div>
  );
}
