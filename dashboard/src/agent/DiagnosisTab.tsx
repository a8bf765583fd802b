import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { AgentView } from '../api/schema';
import { useExperts, useReports } from '../diagnosis/reports';
import { ReportTable } from '../diagnosis/ReportTable';
import { useCommon } from '../language/common';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { useMay } from '../session/session';
import { useAgentText } from './text';

const shown = 20;

/** The newest reports about the agent. */
export function DiagnosisTab({ agent: { name } }: { agent: AgentView }) {
  const say = useAgentText();
  const common = useCommon();
  const may = useMay();
  const query = useReports(name, { limit: shown });
  const experts = useExperts().data?.experts ?? [];
  return (
    <Section title={common('diagnosis')} actions={<Anchor component={Link} size="sm" to={`/diagnosis?agent=${name}`}>{may('diagnoses_run') ? say('runDiagnosis') : say('reports')}</Anchor>}>
      <Answered query={query}>
        {({ diagnoses }) => diagnoses.length === 0
          ? <EmptyState title={say('noReports')}>{say('noReportsHow')}</EmptyState>
          : <ReportTable agent={name} reports={diagnoses} experts={experts} />}
      </Answered>
    </Section>
  );
}
