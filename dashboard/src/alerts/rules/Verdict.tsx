import { Alert, List, Text } from '@mantine/core';
import type { RuleValidation } from '../../api/schema';
import { labelsText } from '../../format/labels';
import { useRulesText } from './text';

/** What is wrong with a rule, or what it looks at now. */
export function Verdict({ validation, isCurrent }: { validation: RuleValidation | undefined; isCurrent: boolean }) {
  const say = useRulesText();
  if (!validation) return <Text size="sm" c="dimmed" role="status">{say('checking')}</Text>;
  if (!validation.valid) {
    return (
      <Alert color="orange" title={say('invalid')} role="status" style={{ opacity: isCurrent ? 1 : 0.7 }}>
        <List size="sm">{validation.faults.map((fault) => <List.Item key={fault} className="wrap">{fault}</List.Item>)}</List>
      </Alert>
    );
  }
  return (
    <Alert color="green" title={say('valid')} role="status" style={{ opacity: isCurrent ? 1 : 0.7 }}>
      <Text size="sm" ff="monospace" className="wrap">{validation.condition}</Text>
      <Text size="sm">{say('looksAt', { count: validation.agent_count })}: {validation.agents.slice(0, 10).join(', ')}{validation.agent_count > 10 && ' …'}</Text>
      {validation.series_count > 0 && (
        <Text size="sm" className="wrap">
          {say('series', { count: validation.series_count })}: {validation.series.slice(0, 5).map((one) => `${one.agent} ${labelsText(one.labels)}`.trim()).join(' · ')}{validation.series_count > 5 && ' …'}
        </Text>
      )}
    </Alert>
  );
}
