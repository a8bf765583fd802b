import { Fieldset, Group, MultiSelect, Select, SimpleGrid, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { useCommon } from '../../language/common';
import { ConditionFields } from './ConditionFields';
import type { RuleDraft } from './ruleDraft';
import { useRulesText } from './text';

export type RuleFormState = UseFormReturnType<RuleDraft>;

const placeholders = '{{agent}} {{rule}} {{severity}} {{metric}} {{labels}} {{labels.name}} {{value}} {{threshold}} {{condition}}';

/** All that a rule says. */
export function RuleFields({ form, isNew }: { form: RuleFormState; isNew: boolean }) {
  const say = useRulesText();
  return (
    <Stack>
      <AboutFields form={form} isNew={isNew} />
      <ConditionFields form={form} />
      <Fieldset legend={say('when')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={say('duration')} description={say('durationHow')} {...form.getInputProps('duration')} />
          <TextInput label={say('keepFiring')} description={say('until')} {...form.getInputProps('keepFiring')} />
        </SimpleGrid>
      </Fieldset>
      <TellFields form={form} />
    </Stack>
  );
}

function AboutFields({ form, isNew }: { form: RuleFormState; isNew: boolean }) {
  const say = useRulesText();
  const common = useCommon();
  return (
    <Fieldset legend={say('about')}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={common('name')} required maxLength={200} {...form.getInputProps('name')} />
          <TextInput label={say('id')} description={isNew ? say('idHow') : undefined} disabled={!isNew} maxLength={64} {...form.getInputProps('id')} />
        </SimpleGrid>
        <Textarea label={say('description')} maxLength={2_000} autosize minRows={1} {...form.getInputProps('description')} />
        <Group align="flex-end">
          <Select
            label={say('severity')} allowDeselect={false} {...form.getInputProps('severity')}
            data={(['info', 'warning', 'critical'] as const).map((value) => ({ value, label: common(value) }))}
          />
          <Switch label={say('enabled')} mb={8} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        </Group>
        <TagsInput label={say('agents')} description={say('agentsHow')} maxTags={50} splitChars={[',', ' ']} {...form.getInputProps('agents')} />
      </Stack>
    </Fieldset>
  );
}

function TellFields({ form }: { form: RuleFormState }) {
  const say = useRulesText();
  const { data } = useQuery({ queryKey: ['channels'], queryFn: () => bodyOf(api.GET('/api/v1/channels')) });
  const names = new Set([...(data?.channels ?? []).map((one) => one.name!), ...form.values.channels]);
  return (
    <Fieldset legend={say('tell')}>
      <Stack gap="sm">
        <MultiSelect label={say('channels')} description={say('channelsHow')} data={[...names]} searchable {...form.getInputProps('channels')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={say('repeat')} description={say('repeatHow')} {...form.getInputProps('repeat')} />
          <TextInput label={say('group')} description={say('groupHow')} {...form.getInputProps('group')} />
        </SimpleGrid>
        <Textarea label={say('summary')} description={say('summaryHow', { names: placeholders })} maxLength={1_000} autosize minRows={2} {...form.getInputProps('summary')} />
      </Stack>
    </Fieldset>
  );
}
