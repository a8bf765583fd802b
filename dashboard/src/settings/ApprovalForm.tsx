import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApprovalRule } from '../api/schema';
import { useCommon } from '../language/common';
import { FormModal } from './FormModal';
import { itemsOf } from './items';
import { useSettingsText } from './text';

interface Props {
  /** What to change; undefined: a new one. */
  rule: ApprovalRule | undefined;
  busy: boolean;
  onSave: (rule: ApprovalRule) => void;
  onClose: () => void;
}

/** One rule of which tasks need approval. */
export function ApprovalForm({ rule, busy, onSave, onClose }: Props) {
  const say = useSettingsText();
  const common = useCommon();
  const form = useForm({
    initialValues: {
      name: rule?.name ?? '', types: rule?.types?.join(', ') ?? '', agents: rule?.agents?.join(', ') ?? '', commands: rule?.commands?.join('\n') ?? '',
      least: rule?.min_agents ?? 0,
    },
  });
  const submit = ({ name, types, agents, commands, least }: typeof form.values) =>
    // A command may have commas in it.
    onSave({ name: name.trim(), types: itemsOf(types), agents: itemsOf(agents), commands: itemsOf(commands, /\n/), min_agents: Number(least) });
  return (
    <FormModal title={say(rule ? 'editRule' : 'addRule')} opened onClose={onClose} submit={common('save')} busy={busy} onSubmit={form.onSubmit(submit)}>
      <TextInput label={say('ruleName')} required maxLength={64} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={say('types')} description="shell, mysql, …" {...form.getInputProps('types')} />
      <TextInput label={say('agentPatterns')} description={say('commas')} {...form.getInputProps('agents')} />
      <Textarea label={say('commands')} description={say('lines')} autosize minRows={2} {...form.getInputProps('commands')} />
      <NumberInput label={say('minAgents')} description={say('minAgentsHow')} min={0} allowDecimal={false} {...form.getInputProps('least')} />
    </FormModal>
  );
}
