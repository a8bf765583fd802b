import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { AgentView, ReportSummary } from '../api/schema';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useMay } from '../session/session';
import { useAgentText } from './text';

/** The newest reports about the agent. */
export function DiagnosisTab({ agent: { name: agent } }: { agent: AgentView }) {
  const say = useAgentText();
  const may = useMay();
  const query = useQuery({
    queryKey: ['diagnoses', 'agent', agent],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/diagnoses', { params: { path: { agent }, query: { limit: 20 } } })),
    refetchInterval: pollCharts,
  });
  return (
    <Section
      title={say('reports')}
      actions={<Group><Anchor component={Link} size="sm" to={`/diagnosis?agent=${agent}`}>{may('diagnoses_run') ? say('runDiagnosis') : say('reports')}</Anchor></Group>}
    >
      <Answered query={query}>
        {({ diagnoses }) => diagnoses.length === 0 ? <EmptyState title={say('noReports')}>{say('noReportsHow')}</EmptyState> : <Reports agent={agent} reports={diagnoses} />}
      </Answered>
    </Section>
  );
}

function Reports({ agent, reports }: { agent: string; reports: ReportSummary[] }) {
  const say = useAgentText();
  const common = useCommon();
  return (
    <DataTable<ReportSummary>
      label={say('reports')} rows={reports} rowKey={(one) => one.id}
      columns={[
        { key: 'at', title: common('time'), cell: (one) => <Anchor component={Link} size="sm" to={`/diagnosis/${agent}/${one.id}`}><TimeText at={one.at} /></Anchor> },
        { key: 'expert', title: say('expert'), cell: (one) => one.expert },
        { key: 'score', title: say('score'), align: 'right', cell: (one) => (one.score === null ? '–' : String(one.score)) },
        { key: 'summary', title: common('details'), cell: (one) => <Text size="sm" lineClamp={2} className="wrap">{one.summary}</Text>, wide: true },
      ]}
    />
  );
}
