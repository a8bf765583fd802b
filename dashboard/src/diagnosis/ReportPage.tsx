import { Anchor, Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import type { DiagnosisReport } from '../api/schema';
import { formatSeconds } from '../format/number';
import { formatTime } from '../format/time';
import { Elapsed } from '../lists/Elapsed';
import { Section } from '../lists/Section';
import { Answered, ErrorState, PageHead } from '../lists/states';
import { useMay } from '../session/session';
import { DetailTable } from './DetailTable';
import { DifferenceSection } from './DifferenceSection';
import { DeductionsSection, FactsSection, StatementsSection } from './EvidenceSections';
import { FindingsSection } from './FindingsSection';
import { useExperts, useReport, useReports } from './reports';
import { useDiagnosis } from './RunPanel';
import { ScoreBadge } from './ScoreBadge';
import { ScoreHistory } from './ScoreHistory';
import { useDiagnosisText } from './text';

/** One report: what was found, on what it stands, and what has changed since the one before. */
export default function ReportPage() {
  const { agent = '', id = '' } = useParams();
  const query = useReport(agent, id);
  return <Answered query={query}>{(report) => <Report key={report.id} report={report} />}</Answered>;
}

function Report({ report }: { report: DiagnosisReport }) {
  const say = useDiagnosisText();
  const { agent, expert } = report;
  const title = useExperts().data?.experts.find((one) => one.name === expert)?.title ?? expert;
  return (
    <Stack>
      <PageHead title={`${title}: ${agent}`}>
        <Again agent={agent} expert={expert} />
        <Button size="xs" variant="default" component="a" href={`/api/v1/agents/${encodeURIComponent(agent)}/diagnoses/${report.id}/bundle`} download>{say('bundle')}</Button>
      </PageHead>
      <Anchor component={Link} size="sm" to={`/diagnosis?${new URLSearchParams({ agent, expert })}`}>{say('back', { agent })}</Anchor>
      <Head report={report} />
      <DifferenceSection report={report} />
      <FindingsSection findings={report.findings} />
      {report.deductions.length > 0 && <DeductionsSection deductions={report.deductions} />}
      {(report.notes?.length ?? 0) > 0 && (
        <Section title={say('notes')}><List size="sm">{report.notes!.map((note) => <List.Item key={note} className="wrap">{note}</List.Item>)}</List></Section>
      )}
      {report.details?.map((table) => <Section key={table.name} title={table.title}><DetailTable table={table} /></Section>)}
      <FactsSection facts={report.facts} />
      <StatementsSection evidence={report.evidence} />
    </Stack>
  );
}

function Head({ report }: { report: DiagnosisReport }) {
  const say = useDiagnosisText();
  const past = useReports(report.agent, { expert: report.expert, limit: 30 });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap="xs" flex={1} miw={260}>
          <Group gap="md">
            <ScoreBadge score={report.score} level={report.level} />
            <Text size="sm" c="dimmed">{report.score === null ? say('noScore') : say('scoreOf', { score: report.score })}</Text>
          </Group>
          <Text className="wrap" data-summary>{report.summary}</Text>
          <Text size="sm" c="dimmed">
            {[
              formatTime(report.at), say('gathered', { time: formatSeconds(report.elapsed_ms / 1000) }), say('version', { version: report.expert_version }),
              say('nextCheck', { time: formatSeconds(report.next_check_minutes * 60) }),
            ].join(' · ')}
          </Text>
        </Stack>
        {(past.data?.diagnoses.length ?? 0) > 1 && <ScoreHistory reports={past.data!.diagnoses} present={report.id} />}
      </Group>
    </Paper>
  );
}

function Again({ agent, expert }: { agent: string; expert: string }) {
  const say = useDiagnosisText();
  const run = useDiagnosis(agent);
  if (!useMay()('diagnoses_run')) return null;
  return (
    <>
      {run.error && <ErrorState error={run.error} />}
      {run.since === null
        ? <Button size="xs" onClick={() => run.start({ expert, arguments: {} })}>{say('runAgain')}</Button>
        : <Elapsed since={run.since} onCancel={run.cancel} />}
    </>
  );
}
