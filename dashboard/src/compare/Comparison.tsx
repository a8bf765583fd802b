import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { MetricComparison } from '../api/schema';
import { SummaryTable } from '../charts/SummaryTable';
import { useChartText } from '../charts/text';
import { TimeChart } from '../charts/TimeChart';
import { useSpan } from '../charts/useSpan';
import { formatShortTime } from '../format/time';
import { Section } from '../lists/Section';
import { EmptyState } from '../lists/states';
import { comparedLines, nameOf } from './lines';
import { useCompareText } from './text';

/** What is compared, as lines and in figures. */
export function Comparison({ comparison }: { comparison: MetricComparison }) {
  const say = useCompareText();
  const chart = useChartText();
  const { zoomIn, zoomOut } = useSpan();
  const names = useMemo(() => comparison.series.map((_, index) => nameOf(comparison, index, (from) => formatShortTime(from))), [comparison]);
  const { times, series, left } = useMemo(() => comparedLines(comparison, names), [comparison, names]);
  if (comparison.series.length === 0) return <EmptyState title={say('noSeries')}>{say('noSeriesHow')}</EmptyState>;
  return (
    <Stack>
      <Section title={comparison.metric} about={comparison.periods.length > 1 ? say('shifted') : undefined}>
        <TimeChart
          title={`${comparison.metric} (${chart(comparison.aggregate)})`} unit={comparison.unit} times={times} series={series} height={320} onZoom={zoomIn} onZoomOut={zoomOut}
          {...(comparison.unit === 'percent' && { max: 100 })}
        />
        {left > 0 && <Text size="xs" c="dimmed">{chart('someSeries', { shown: series.length, count: comparison.series.length })}</Text>}
      </Section>
      <Section title={chart('summary')}>
        <SummaryTable
          unit={comparison.unit}
          rows={comparison.series.map((one, index) => ({
            key: String(index), name: names[index]!, summary: one.summary, ...(comparison.periods.length > 1 && { change: one.change }),
          }))}
        />
      </Section>
    </Stack>
  );
}
