import { Anchor, Select, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ExpertView, ReportSummary } from '../api/schema';
import { DataTable } from '../lists/DataTable';
import { Pager } from '../lists/Pager';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAddress } from '../lists/useAddress';
import { useMay } from '../session/session';
import { useReports } from './reports';
import { ScoreBadge } from './ScoreBadge';
import { ScoreHistory } from './ScoreHistory';
import { useDiagnosisText } from './text';

/** The reports about an agent, the newest first. */
export function PastReports({ agent, experts }: { agent: string; experts: ExpertView[] }) {
  const say = useDiagnosisText();
  const mayRun = useMay()('diagnoses_run');
  const { get, set } = useAddress();
  const expert = get('expert');
  const query = useReports(agent, { expert, before: get('after'), limit: 20 });
  const titleOf = (name: string) => experts.find((one) => one.name === name)?.title ?? name;
  return (
    <Section
      title={say('past')}
      actions={(
        <Select
          aria-label={say('expert')} size="xs" value={expert} onChange={(chosen) => set({ expert: chosen ?? undefined })} allowDeselect={false}
          data={[{ value: '', label: say('allExperts') }, ...experts.map((one) => ({ value: one.name, label: one.title }))]}
        />
      )}
    >
      <Answered query={query}>
        {({ diagnoses, next }) => diagnoses.length === 0 ? <EmptyState title={say('noReports')}>{say(mayRun ? 'noReportsHow' : 'noReportsRead')}</EmptyState> : (
          <Stack>
            {expert !== '' && diagnoses.length > 1 && <ScoreHistory reports={diagnoses} />}
            <DataTable<ReportSummary>
              label={say('past')} rows={diagnoses} rowKey={(report) => report.id}
              columns={[
                { key: 'at', title: say('when'), cell: (report) => <Anchor component={Link} size="sm" to={`/diagnosis/${encodeURIComponent(agent)}/${report.id}`}><TimeText at={report.at} /></Anchor> },
                { key: 'expert', title: say('expert'), cell: (report) => titleOf(report.expert) },
                { key: 'score', title: say('score'), cell: (report) => <ScoreBadge score={report.score} level={report.level} /> },
                { key: 'summary', title: say('summary'), cell: (report) => <Text size="sm" lineClamp={2} className="wrap">{report.summary}</Text>, wide: true },
              ]}
            />
            <Pager next={next} />
          </Stack>
        )}
      </Answered>
    </Section>
  );
}
