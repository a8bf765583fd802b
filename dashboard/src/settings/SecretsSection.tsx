import { Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import type { SecretView } from '../api/schema';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { FormModal } from './FormModal';
import { useSettingsText } from './text';

/** The tenant's secrets by name; their values go in and never come out. */
export function SecretsSection() {
  const say = useSettingsText();
  const common = useCommon();
  // Which secret is set: an empty name is a new one's.
  const [setting, setSetting] = useState<string | null>(null);
  const query = useQuery({ queryKey: ['secrets'], queryFn: () => bodyOf(api.GET('/api/v1/secrets')) });
  const remove = useAct((name: string) => api.DELETE('/api/v1/secrets/{name}', { params: { path: { name } } }), ['secrets'], say('done'));
  return (
    <Section title={say('secrets')} about={say('secretsAbout')} actions={<Button size="xs" onClick={() => setSetting('')}>{say('setSecret')}</Button>}>
      <Answered query={query}>
        {({ secrets }) => secrets.length === 0 ? <EmptyState title={say('noSecrets')}>{say('noSecretsHow')}</EmptyState> : (
          <DataTable<SecretView>
            label={say('secrets')} rows={secrets} rowKey={(secret) => secret.name}
            columns={[
              { key: 'name', title: common('name'), cell: (secret) => secret.name },
              { key: 'changed', title: say('changedAt'), cell: (secret) => <TimeText at={secret.changed_at} /> },
              {
                key: 'actions', title: common('actions'), cell: ({ name }) => (
                  <Group gap={4}>
                    <Button size="compact-xs" variant="default" onClick={() => setSetting(name)}>{say('replace')}</Button>
                    <ConfirmButton label={common('delete')} question={say('deleteSecret', { name })} onConfirm={() => remove.mutate(name)} />
                  </Group>
                ),
              },
            ]}
          />
        )}
      </Answered>
      {setting !== null && <SetSecret name={setting} onClose={() => setSetting(null)} />}
    </Section>
  );
}

function SetSecret({ name, onClose }: { name: string; onClose: () => void }) {
  const say = useSettingsText();
  const common = useCommon();
  const form = useForm({ initialValues: { name, value: '' } });
  const set = useAct(
    (values: typeof form.values) => bodyOf(api.PUT('/api/v1/secrets/{name}', { params: { path: { name: values.name.trim() } }, body: { value: values.value } })),
    ['secrets'], say('saved'), onClose,
  );
  return (
    <FormModal title={say('setSecret')} opened onClose={onClose} submit={common('save')} busy={set.isPending} onSubmit={form.onSubmit((values) => set.mutate(values))}>
      <TextInput label={say('secretName')} description={say('setHow')} required readOnly={name !== ''} autoComplete="off" {...form.getInputProps('name')} />
      <PasswordInput label={say('secretValue')} required autoComplete="off" data-autofocus {...form.getInputProps('value')} />
    </FormModal>
  );
}
