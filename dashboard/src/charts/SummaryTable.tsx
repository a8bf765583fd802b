import type { MetricChange, SeriesSummary } from '../api/schema';
import { formatNumber, formatUnit } from '../format/number';
import { type Column, DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { useChartText } from './text';

export interface SummaryRow {
  key: string;
  name: string;
  summary: SeriesSummary | null;
  /** Against the period before; undefined: there is none. */
  change?: MetricChange | null | undefined;
}

/** What series come to, whatever the steps of their chart. */
export function SummaryTable({ rows, unit }: { rows: SummaryRow[]; unit: string }) {
  const say = useChartText();
  const columns: Column<SummaryRow>[] = [
    { key: 'name', title: say('series'), cell: (row) => row.name },
    { key: 'average', title: say('average'), align: 'right', cell: ({ summary }) => formatUnit(summary?.average, unit) },
    { key: 'peak', title: say('peak'), align: 'right', cell: ({ summary }) => formatUnit(summary?.peak, unit) },
    { key: 'peakAt', title: say('peakAt'), cell: ({ summary }) => <TimeText at={summary?.peak_at} /> },
    { key: 'min', title: say('lowest'), align: 'right', cell: ({ summary }) => formatUnit(summary?.min, unit), wide: true },
    { key: 'last', title: say('newest'), align: 'right', cell: ({ summary }) => formatUnit(summary?.last, unit), wide: true },
    { key: 'trend', title: say('trend'), cell: ({ summary }) => <Change change={summary?.trend} /> },
  ];
  if (rows.some(({ change }) => change !== undefined)) columns.push({ key: 'change', title: say('change'), cell: ({ change }) => <Change change={change} /> });
  return <DataTable label={say('summary')} rows={rows} rowKey={(row) => row.key} columns={columns} />;
}

const arrows = { rising: '↗', falling: '↘', steady: '→' } as const;

function Change({ change }: { change: MetricChange | null | undefined }) {
  const say = useChartText();
  if (!change) return <>–</>;
  const percent = change.percent === null ? '' : ` ${change.percent > 0 ? '+' : ''}${formatNumber(change.percent, 1)} %`;
  return <span><span aria-hidden>{arrows[change.trend]} </span>{say(change.trend)}{percent}</span>;
}
