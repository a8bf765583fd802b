import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { DiagnosisReport, Finding } from '../api/schema';
import { formatTime } from '../format/time';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered } from '../lists/states';
import { type Difference, differenceOf, isSame } from './difference';
import { Severity } from './FindingsSection';
import { useReport, useReports } from './reports';
import { useDiagnosisText } from './text';

/** What has changed since the last report of the same expert about the same agent. */
export function DifferenceSection({ report }: { report: DiagnosisReport }) {
  const say = useDiagnosisText();
  const { agent, expert, at } = report;
  const list = useReports(agent, { expert, before: at, limit: 1 });
  const last = list.data?.diagnoses[0];
  const query = useReport(agent, last?.id);
  const about = last && (
    <Anchor component={Link} size="sm" to={`/diagnosis/${encodeURIComponent(agent)}/${last.id}`}>{say('differenceOf', { time: formatTime(last.at) })}</Anchor>
  );
  return (
    <Section title={say('difference')} about={about}>
      <Answered query={list}>
        {() => last
          ? <Answered query={query}>{(before) => <Changes difference={differenceOf(before, report)} />}</Answered>
          : <Text size="sm">{say('firstReport')}</Text>}
      </Answered>
    </Section>
  );
}

function Changes({ difference }: { difference: Difference }) {
  const say = useDiagnosisText();
  if (isSame(difference)) return <Text size="sm">{say('same')}</Text>;
  const { score, added, gone, changed, facts } = difference;
  return (
    <Stack gap="xs" data-difference>
      {score && <Text size="sm" fw={600}>{say('scoreFrom', { before: score.before ?? '–', now: score.now ?? '–' })}</Text>}
      {added.map((finding, index) => <Change key={`new ${index}`} word={say('isNew')} color="red" finding={finding} />)}
      {changed.map(({ finding, before }, index) => (
        <Change key={`changed ${index}`} word={say('isChanged')} color="orange" finding={finding} before={<><Severity severity={before} /><span aria-hidden>→</span></>} />
      ))}
      {gone.map((finding, index) => <Change key={`gone ${index}`} word={say('isGone')} color="green" finding={finding} />)}
      {facts.length > 0 && (
        <DataTable
          label={say('facts')} rows={facts} rowKey={(fact) => fact.name}
          columns={[
            { key: 'fact', title: say('fact'), cell: (fact) => fact.name },
            { key: 'before', title: say('before'), cell: (fact) => fact.before ?? '–' },
            { key: 'now', title: say('now'), cell: (fact) => fact.now ?? '–' },
          ]}
        />
      )}
    </Stack>
  );
}

function Change({ word, color, finding, before }: { word: string; color: string; finding: Finding; before?: ReactNode }) {
  return (
    <Group gap="xs" align="center">
      <Badge variant="outline" color={color} className="contrast">{word}</Badge>
      {before}
      <Severity severity={finding.severity} />
      <Text size="sm" className="wrap" flex={1} miw={200}>{finding.message}</Text>
    </Group>
  );
}
