import { Select, Stack } from '@mantine/core';
import type { ExpertView } from '../api/schema';
import { Pager } from '../lists/Pager';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { useMay } from '../session/session';
import { useReports } from './reports';
import { ReportTable } from './ReportTable';
import { ScoreHistory } from './ScoreHistory';
import { useDiagnosisText } from './text';

/** The reports about an agent, the newest first. */
export function PastReports({ agent, experts }: { agent: string; experts: ExpertView[] }) {
  const say = useDiagnosisText();
  const mayRun = useMay()('diagnoses_run');
  const { get, set } = useAddress();
  const expert = get('expert');
  const query = useReports(agent, { expert, before: get('after'), limit: 20 });
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
            <ReportTable agent={agent} reports={diagnoses} experts={experts} />
            <Pager next={next} />
          </Stack>
        )}
      </Answered>
    </Section>
  );
}
