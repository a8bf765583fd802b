import { Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import type { EvidenceRow, Finding } from '../api/schema';
import { severityColor } from '../theme/severity';
import { useCommon } from '../language/common';
import { SeverityBadge } from '../lists/Badges';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { useDiagnosisText } from './text';

/** What was found, the gravest first, each with the cells it stands on. */
export function FindingsSection({ findings }: { findings: Finding[] }) {
  const say = useDiagnosisText();
  return (
    <Section title={say('findings')}>
      {findings.length === 0 ? <Text>{say('noFindings')}</Text> : (
        // Findings have no name of their own, and a report's never change.
        <Stack>{findings.map((finding, index) => <FindingCard key={index} finding={finding} />)}</Stack>
      )}
    </Section>
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const say = useDiagnosisText();
  const common = useCommon();
  return (
    <Paper withBorder p="sm" component="article" data-finding={finding.code}>
      <Stack gap="xs">
        <FindingHead finding={finding} />
        {finding.evidence.length > 0 && (
          <DataTable<EvidenceRow>
            label={`${say('evidence')}: ${finding.code} ${finding.subject ?? ''}`} rows={finding.evidence} rowKey={(row) => JSON.stringify(row)}
            columns={[
              { key: 'statement', title: say('statement'), cell: (row) => row.statement, wide: true },
              { key: 'row', title: say('row'), cell: (row) => row.row },
              { key: 'column', title: say('column'), cell: (row) => row.column },
              { key: 'value', title: common('value'), cell: (row) => row.value },
              { key: 'threshold', title: say('threshold'), cell: (row) => row.threshold ?? '–' },
            ]}
          />
        )}
        {finding.advice.length > 0 && (
          <div>
            <Title order={4} size="h6">{say('advice')}</Title>
            <Text size="xs" c="dimmed">{say('adviceHow')}</Text>
            <List size="sm">{finding.advice.map((advice) => <List.Item key={advice} className="wrap">{advice}</List.Item>)}</List>
          </div>
        )}
      </Stack>
    </Paper>
  );
}

function FindingHead({ finding }: { finding: Finding }) {
  return (
    <>
      <Group gap="xs"><Severity severity={finding.severity} /><Text size="xs" ff="monospace" c="dimmed">{finding.code}</Text></Group>
      <Title order={3} size="h6" className="wrap">{finding.message}</Title>
    </>
  );
}

/** The badge of a severity; one that the page doesn't know stands as it came. */
export function Severity({ severity }: { severity: string }) {
  return Object.hasOwn(severityColor, severity) ? <SeverityBadge severity={severity as keyof typeof severityColor} /> : <Text size="sm">{severity}</Text>;
}
