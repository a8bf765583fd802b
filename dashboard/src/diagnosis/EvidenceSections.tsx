import { Badge, Text } from '@mantine/core';
import type { Deduction, EvidenceItem } from '../api/schema';
import { formatNumber, formatSeconds } from '../format/number';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { useDiagnosisText } from './text';

/** Why the score isn't 100. */
export function DeductionsSection({ deductions }: { deductions: Deduction[] }) {
  const say = useDiagnosisText();
  return (
    <Section title={say('deductions')} about={say('deductionsAbout')}>
      <DataTable
        label={say('deductions')} rows={deductions} rowKey={(one) => one.code}
        columns={[
          { key: 'code', title: say('code'), cell: (one) => <Text size="sm" ff="monospace">{one.code}</Text> },
          { key: 'points', title: say('points'), cell: (one) => String(one.points), align: 'right' },
          { key: 'reason', title: say('reason'), cell: (one) => one.reason },
        ]}
      />
    </Section>
  );
}

/** What the expert learnt by the way. */
export function FactsSection({ facts }: { facts: Record<string, string> }) {
  const say = useDiagnosisText();
  const common = useCommon();
  return (
    <Section title={say('facts')}>
      <DataTable
        label={say('facts')} rows={Object.entries(facts)} rowKey={([name]) => name}
        columns={[{ key: 'fact', title: say('fact'), cell: ([name]) => name }, { key: 'now', title: common('value'), cell: ([, text]) => text }]}
      />
    </Section>
  );
}

const statuses = { ok: 'green', failed: 'red', incomplete: 'orange', skipped: 'gray' } as const;

/** Every statement of the plan, also those that brought nothing. */
export function StatementsSection({ evidence }: { evidence: EvidenceItem[] }) {
  const say = useDiagnosisText();
  const common = useCommon();
  return (
    <Section title={say('statements')} about={say('statementsAbout')}>
      <DataTable<EvidenceItem>
        label={say('statements')} rows={evidence} rowKey={(one) => one.id}
        columns={[
          { key: 'id', title: say('statement'), cell: (one) => <><Text size="sm">{one.id}</Text><Text size="xs" c="dimmed" ff="monospace" lineClamp={3} title={one.sql} className="wrap">{one.sql}</Text></> },
          { key: 'status', title: common('status'), cell: (one) => <StatementStatus status={one.status} /> },
          { key: 'rows', title: say('rows'), cell: (one) => rowsOf(one, say), align: 'right' },
          { key: 'took', title: say('took'), cell: (one) => (one.status === 'skipped' || one.elapsed_ms === undefined ? '–' : formatSeconds(one.elapsed_ms / 1000)), align: 'right', wide: true },
          { key: 'problem', title: say('problem'), cell: (one) => one.problem?.message ?? one.note ?? '' },
        ]}
      />
    </Section>
  );
}

function rowsOf({ status, rows, truncated }: EvidenceItem, say: ReturnType<typeof useDiagnosisText>): string {
  if (status === 'skipped' || status === 'failed' || rows === undefined) return '–';
  return truncated ? say('cut', { rows: formatNumber(rows) }) : formatNumber(rows);
}

function StatementStatus({ status }: { status: string }) {
  const say = useDiagnosisText();
  const known = Object.hasOwn(statuses, status) ? (status as keyof typeof statuses) : null;
  return <Badge variant="light" className="contrast" color={known ? statuses[known] : 'gray'}>{known ? say(known) : status}</Badge>;
}
