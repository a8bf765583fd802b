import { Autocomplete, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '../api/client';
import { useCommon } from '../language/common';
import { LabelsInput } from '../lists/LabelsInput';
import { useAct } from '../lists/useAct';
import { emptySilence, type SilenceDraft, silenceFaults, silenceOf } from './silence';
import { useAlertsText } from './text';

const durations = ['30m', '1h', '2h', '4h', '8h', '1d', '1w'];

/** Makes a silence; `initial` says of what. */
export function SilenceForm({ initial, onDone }: { initial?: Partial<SilenceDraft>; onDone: () => void }) {
  const say = useAlertsText();
  const common = useCommon();
  const form = useForm<SilenceDraft>({
    initialValues: { ...emptySilence, ...initial },
    validate: (draft) => Object.fromEntries(silenceFaults(draft).map((field) => [field, say(field === 'to' ? 'needsTo' : 'badDuration')])),
  });
  const make = useAct((draft: SilenceDraft) => api.POST('/api/v1/silences', { body: silenceOf(draft) }), ['silences', 'alerts'], say('silencedDone'), onDone);
  return (
    <form onSubmit={form.onSubmit((draft) => make.mutate(draft))}>
      <Stack gap="sm">
        <Text size="sm">{say('silenceHow')}</Text>
        <TextInput label={say('ruleOrPattern')} placeholder={common('all')} {...form.getInputProps('rule')} />
        <TextInput label={say('agentOrPattern')} placeholder={common('all')} {...form.getInputProps('agent')} />
        <LabelsInput label={say('labels')} description={say('labelsHow')} value={form.values.labels} onChange={(labels) => form.setFieldValue('labels', labels)} />
        <SegmentedControl
          aria-label={say('howLong')} data={[{ value: 'duration', label: say('duration') }, { value: 'span', label: say('fromTo') }]}
          {...form.getInputProps('mode')}
        />
        {form.values.mode === 'duration' ? (
          <Autocomplete label={say('duration')} description={say('durationHow')} data={durations} {...form.getInputProps('duration')} />
        ) : (
          <Group grow align="flex-start">
            <TextInput type="datetime-local" label={common('from')} {...form.getInputProps('from')} />
            <TextInput type="datetime-local" label={common('to')} {...form.getInputProps('to')} />
          </Group>
        )}
        <TextInput label={say('comment')} {...form.getInputProps('comment')} />
        <Button type="submit" loading={make.isPending}>{say('silence')}</Button>
      </Stack>
    </form>
  );
}
