import { Button, Fieldset, Group, Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import { useCommon } from '../../language/common';
import { ConfirmButton } from '../../lists/ConfirmButton';
import { useAct } from '../../lists/useAct';
import { useMay } from '../../session/session';
import { type ChannelDraft, channelOf, channelTypes, parseHeaders, signs } from './channelDraft';
import { MailFields } from './MailFields';
import { useChannelsText } from './text';

export type ChannelFormState = UseFormReturnType<ChannelDraft>;

const placeholders = ['state', 'rule', 'rule_id', 'severity', 'agent', 'subject', 'metric', 'value', 'threshold', 'condition', 'since', 'duration', 'fired_at', 'resolved_at', 'reason', 'summary', 'notified', 'id']
  .map((name) => `{{${name}}}`).join(' ');

/** A channel as a form. */
export function ChannelEditor({ initial, isNew }: { initial: ChannelDraft; isNew: boolean }) {
  const say = useChannelsText();
  const common = useCommon();
  const navigate = useNavigate();
  const manages = useMay()('channels_manage');
  const form = useForm<ChannelDraft>({
    initialValues: initial,
    validate: { headers: (text, { type }) => (type === 'webhook' && parseHeaders(text) === undefined ? say('badHeader') : null) },
  });
  const path = (name: string) => ({ params: { path: { name } } });
  const save = useAct(
    (draft: ChannelDraft) => api.PUT('/api/v1/channels/{name}', { ...path(draft.name.trim()), body: channelOf(draft) }),
    ['channels'], say('saved'), (_, draft) => isNew && void navigate(`/alerts/channels/${encodeURIComponent(draft.name.trim())}`),
  );
  const remove = useAct((name: string) => api.DELETE('/api/v1/channels/{name}', path(name)), ['channels'], say('deleted'), () => void navigate('/alerts/channels'));
  return (
    <form onSubmit={form.onSubmit((draft) => save.mutate(draft))}>
      <fieldset disabled={!manages} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack maw={720}>
          <GeneralFields form={form} isNew={isNew} />
          {form.values.type === 'email' ? <MailFields form={form} /> : <AddressFields form={form} />}
          <Fieldset legend={say('words')}>
            <Stack gap="sm">
              <TextInput label={say('title')} maxLength={4_000} {...form.getInputProps('title')} />
              <Textarea label={say('content')} description={say('wordsHow', { names: placeholders })} maxLength={4_000} autosize minRows={2} {...form.getInputProps('content')} />
            </Stack>
          </Fieldset>
          {manages && (
            <Group>
              <Button type="submit" loading={save.isPending}>{common('save')}</Button>
              {!isNew && <ConfirmButton size="sm" label={common('delete')} question={say('deleteQuestion')} onConfirm={() => remove.mutate(initial.name)} />}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

function GeneralFields({ form, isNew }: { form: ChannelFormState; isNew: boolean }) {
  const say = useChannelsText();
  const common = useCommon();
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={common('name')} description={isNew ? say('namedHow') : undefined} required disabled={!isNew} {...form.getInputProps('name')} />
        <Select label={common('type')} description={isNew ? ' ' : undefined} allowDeselect={false} data={channelTypes.map((value) => ({ value, label: say(value) }))} {...form.getInputProps('type')} />
        <Select
          label={say('minSeverity')} allowDeselect={false} {...form.getInputProps('minSeverity')}
          data={(['info', 'warning', 'critical'] as const).map((value) => ({ value, label: common(value) }))}
        />
        <Select label={say('language')} allowDeselect={false} data={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} {...form.getInputProps('language')} />
      </SimpleGrid>
      <Switch label={say('enabled')} description={say('enabledHow')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
      <Switch label={say('default')} description={say('defaultHow')} {...form.getInputProps('isDefault', { type: 'checkbox' })} />
      <Switch label={say('sendResolved')} {...form.getInputProps('sendResolved', { type: 'checkbox' })} />
    </Stack>
  );
}

function AddressFields({ form }: { form: ChannelFormState }) {
  const say = useChannelsText();
  const { type } = form.values;
  return (
    <Stack gap="sm">
      <TextInput label={say('url')} description={say('masked')} required spellCheck={false} {...form.getInputProps('url')} />
      {type === 'webhook' && (
        <Textarea label={say('headers')} description={say('headersHow')} autosize minRows={2} ff="monospace" spellCheck={false} {...form.getInputProps('headers')} />
      )}
      {signs(type) && <TextInput label={say('secret')} description={say('masked')} autoComplete="off" {...form.getInputProps('secret')} />}
    </Stack>
  );
}
