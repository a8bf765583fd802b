import { Autocomplete, Checkbox, Fieldset, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { LabelsInput } from '../../lists/LabelsInput';
import type { RuleFormState } from './RuleForm';
import { useRulesText } from './text';
import { useMetricNames } from './useMetricNames';

const operators = ['>', '>=', '<', '<=', '==', '!='];

/** What must be true for the rule to fire, by its kind. */
export function ConditionFields({ form }: { form: RuleFormState }) {
  const say = useRulesText();
  const { kind } = form.values;
  return (
    <Fieldset legend={say('what')}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={say('kind')} {...form.getInputProps('kind')}
          data={(['threshold', 'absent', 'expression'] as const).map((value) => ({ value, label: say(`${value}_kind`) }))}
        />
        {kind === 'expression' ? <ExpressionFields form={form} /> : <MetricFields form={form} />}
        {kind === 'absent' && <Text size="sm" c="dimmed">{say('absentHow')}</Text>}
        {kind === 'threshold' && <ThresholdFields form={form} />}
      </Stack>
    </Fieldset>
  );
}

function ExpressionFields({ form }: { form: RuleFormState }) {
  const say = useRulesText();
  return (
    <>
      <Textarea label={say('expression')} required autosize minRows={2} ff="monospace" spellCheck={false} {...form.getInputProps('expression')} />
      <TextInput label={say('interval')} description={say('intervalHow')} {...form.getInputProps('interval')} />
    </>
  );
}

function MetricFields({ form }: { form: RuleFormState }) {
  const say = useRulesText();
  const names = useMetricNames();
  return (
    <>
      <Autocomplete label={say('metric')} description={say('metricHow')} required data={names} limit={50} {...form.getInputProps('metric')} />
      <LabelsInput label={say('labels')} description={say('labelsHow')} value={form.values.labels} onChange={(labels) => form.setFieldValue('labels', labels)} />
    </>
  );
}

function ThresholdFields({ form }: { form: RuleFormState }) {
  const say = useRulesText();
  const aggregations = (['last', 'avg', 'max', 'min', 'sum'] as const).map((value) => ({ value, label: say(value) }));
  const { aggregation, rate, process } = form.values;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={say('process')} description={say('processHow')} {...form.getInputProps('process')} />
        {process !== '' && (
          <Select label={say('processAggregation')} description=" " allowDeselect={false} data={aggregations.slice(1)} {...form.getInputProps('processAggregation')} />
        )}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select label={say('aggregation')} allowDeselect={false} data={aggregations} {...form.getInputProps('aggregation')} />
        {(aggregation !== 'last' || rate) && <TextInput label={say('window')} description={say('windowHow')} {...form.getInputProps('window')} />}
      </SimpleGrid>
      <Checkbox label={say('rate')} {...form.getInputProps('rate', { type: 'checkbox' })} />
      <SimpleGrid cols={{ base: 2 }}>
        <Select label={say('operator')} allowDeselect={false} data={operators} {...form.getInputProps('operator')} />
        <NumberInput label={say('threshold')} required {...form.getInputProps('threshold')} />
      </SimpleGrid>
    </>
  );
}
