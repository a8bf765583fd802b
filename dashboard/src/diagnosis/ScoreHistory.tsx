import { Text } from '@mantine/core';
import type { ReportSummary } from '../api/schema';
import { formatTime } from '../format/time';
import { useDiagnosisText } from './text';

const [width, height, edge] = [360, 90, 8];

/** The scores of past reports as a line, old to new; a report without a score leaves a gap. The list beside it has the figures. */
export function ScoreHistory({ reports, present }: { reports: ReportSummary[]; present?: string }) {
  const say = useDiagnosisText();
  const all = [...reports].reverse();
  const times = all.map((report) => Date.parse(report.at));
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  const points = all.map((report, index) => ({
    report,
    x: edge + (to === from ? 0.5 : (times[index]! - from) / (to - from)) * (width - 2 * edge),
    y: report.score === null ? null : edge + (1 - report.score / 100) * (height - 2 * edge),
  }));
  const path = points.map(({ x, y }, index) => (y === null ? '' : `${index > 0 && points[index - 1]!.y !== null ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`)).join('');
  return (
    <figure style={{ margin: 0, maxWidth: width }}>
      <Text component="figcaption" size="sm" fw={600}>{say('history')}</Text>
      <svg viewBox={`0 0 ${width} ${height}`} width="100%" role="img" aria-label={say('history')} className="sparkline">
        {[0, 50, 100].map((score) => {
          const y = edge + (1 - score / 100) * (height - 2 * edge);
          return <line key={score} x1={0} x2={width} y1={y} y2={y} stroke="var(--mantine-color-default-border)" />;
        })}
        <path d={path} fill="none" stroke="currentColor" strokeWidth={1.5} />
        {points.map(({ report, x, y }) => y !== null && (
          <circle key={report.id} cx={x} cy={y} r={report.id === present ? 5 : 3} fill="currentColor"><title>{`${report.score} – ${formatTime(report.at)}`}</title></circle>
        ))}
      </svg>
    </figure>
  );
}
