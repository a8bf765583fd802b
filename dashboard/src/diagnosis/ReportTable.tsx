import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ExpertView, ReportSummary } from '../api/schema';
import { DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { ScoreBadge } from './ScoreBadge';
import { useDiagnosisText } from './text';

/** Reports about an agent as rows, each with a link to the whole. */
export function ReportTable({ agent, reports, experts }: { agent: string; reports: ReportSummary[]; experts: ExpertView[] }) {
  const say = useDiagnosisText();
  return (
    <DataTable<ReportSummary>
      label={say('past')} rows={reports} rowKey={(report) => report.id}
      columns={[
        { key: 'at', title: say('when'), cell: (report) => <Anchor component={Link} size="sm" to={`/diagnosis/${encodeURIComponent(agent)}/${report.id}`}><TimeText at={report.at} /></Anchor> },
        { key: 'expert', title: say('expert'), cell: (report) => experts.find((one) => one.name === report.expert)?.title ?? report.expert },
        { key: 'score', title: say('score'), cell: (report) => <ScoreBadge score={report.score} level={report.level} /> },
        { key: 'summary', title: say('summary'), cell: (report) => <Text size="sm" lineClamp={2} className="wrap">{report.summary}</Text>, wide: true },
      ]}
    />
  );
}
