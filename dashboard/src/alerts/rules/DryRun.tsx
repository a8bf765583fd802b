import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { DryRunAnswer, DryRunFiring } from '../../api/schema';
import { PeriodPicker } from '../../charts/PeriodPicker';
import { labelsText } from '../../format/labels';
import { formatNumber, formatUnit } from '../../format/number';
import { useCommon } from '../../language/common';
import { DataTable } from '../../lists/DataTable';
import { Section } from '../../lists/Section';
import { ErrorState } from '../../lists/states';
import { TimeText } from '../../lists/TimeText';
import { FiringLines } from './FiringLines';
import { type RuleDraft, ruleOf } from './ruleDraft';
import { useRulesText } from './text';

// More rows than anybody reads; the numbers above tell of all.
const shown = 100;

/** When the rule as it is typed would have fired. */
export function DryRun({ draft, disabled }: { draft: RuleDraft; disabled: boolean }) {
  const say = useRulesText();
  const [period, setPeriod] = useState('24h');
  const run = useMutation({ mutationFn: () => bodyOf(api.POST('/api/v1/rules/dry-run', { params: { query: { period } }, body: ruleOf(draft) })) });
  return (
    <Section title={say('dryRun')} about={say('dryRunHow')}>
      <Group mb="sm">
        <PeriodPicker value={period} onChange={setPeriod} />
        <Button size="xs" disabled={disabled} loading={run.isPending} onClick={() => run.mutate()}>{say('run')}</Button>
      </Group>
      {run.error && <ErrorState error={run.error} />}
      {run.data && <Outcome answer={run.data} />}
    </Section>
  );
}

function Outcome({ answer }: { answer: DryRunAnswer }) {
  const say = useRulesText();
  const common = useCommon();
  return (
    <Stack gap="sm" role="status">
      <Text fw={600}>{answer.fired === 0 ? say('wouldNot') : `${say('wouldFire', { count: answer.fired })} ${say('atAgents', { count: answer.agents })}`}</Text>
      <Text size="sm" c="dimmed">{say('judged', { series: formatNumber(answer.series), samples: formatNumber(answer.samples) })}</Text>
      {answer.firings.length > 0 && (
        <>
          <FiringLines answer={answer} />
          <DataTable<DryRunFiring>
            label={say('firings')} rows={answer.firings.slice(0, shown)} rowKey={(one) => `${one.agent} ${labelsText(one.labels)} ${one.fired_at}`}
            columns={[
              { key: 'agent', title: common('agent'), cell: (one) => one.agent || '–' },
              { key: 'subject', title: say('subject'), cell: (one) => labelsText(one.labels) || '–' },
              { key: 'fired', title: say('fired'), cell: (one) => <TimeText at={one.fired_at} /> },
              { key: 'resolved', title: say('resolved'), cell: (one) => (one.resolved_at ? <TimeText at={one.resolved_at} /> : say('stillFires')) },
              { key: 'value', title: common('value'), align: 'right', cell: (one) => formatUnit(one.value, undefined) },
            ]}
          />
          {answer.fired > shown && <Text size="sm" c="dimmed">{say('notAll', { count: Math.min(shown, answer.firings.length) })}</Text>}
        </>
      )}
    </Stack>
  );
}
