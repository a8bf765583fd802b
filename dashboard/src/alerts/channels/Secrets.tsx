import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { SecretView } from '../../api/schema';
import { useCommon } from '../../language/common';
import { ConfirmButton } from '../../lists/ConfirmButton';
import { DataTable } from '../../lists/DataTable';
import { Section } from '../../lists/Section';
import { Answered } from '../../lists/states';
import { TimeText } from '../../lists/TimeText';
import { useAct } from '../../lists/useAct';
import { useChannelsText } from './text';

/** The names of the tenant's secrets; only who may set them sees this. */
export function Secrets() {
  const say = useChannelsText();
  const common = useCommon();
  const query = useQuery({ queryKey: ['secrets'], queryFn: () => bodyOf(api.GET('/api/v1/secrets')) });
  const remove = useAct((name: string) => api.DELETE('/api/v1/secrets/{name}', { params: { path: { name } } }), ['secrets'], say('secretDeleted'));
  return (
    <Section title={say('secrets')} about={say('secretsHow')} actions={<SetSecret label={say('addSecret')} />}>
      <Answered query={query}>
        {({ secrets }) => secrets.length === 0 ? <Text size="sm">{say('noSecrets')}</Text> : (
          <DataTable<SecretView>
            label={say('secrets')} rows={secrets} rowKey={(one) => one.name}
            columns={[
              { key: 'name', title: common('name'), cell: (one) => <Text size="sm" ff="monospace">{`\${secret:${one.name}}`}</Text> },
              { key: 'changed', title: say('changed'), cell: (one) => <TimeText at={one.changed_at} /> },
              {
                key: 'actions', title: common('actions'), cell: (one) => (
                  <Group gap={4}>
                    <SetSecret label={say('replace')} name={one.name} />
                    <ConfirmButton size="compact-xs" label={common('delete')} question={say('secretDeleteQuestion')} onConfirm={() => remove.mutate(one.name)} />
                  </Group>
                ),
              },
            ]}
          />
        )}
      </Answered>
    </Section>
  );
}

function SetSecret({ label, name }: { label: string; name?: string }) {
  const say = useChannelsText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  const [values, setValues] = useState({ name: name ?? '', value: '' });
  const done = () => {
    setValues({ name: name ?? '', value: '' });
    close();
  };
  const save = useAct(
    () => api.PUT('/api/v1/secrets/{name}', { params: { path: { name: values.name.trim() } }, body: { value: values.value } }),
    ['secrets'], say('secretSaved'), done,
  );
  return (
    <>
      <Button size={name ? 'compact-xs' : 'xs'} variant="default" onClick={show}>{label}</Button>
      <Modal opened={open} onClose={done} title={label} closeButtonProps={{ 'aria-label': common('close') }}>
        <form onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
          <Stack>
            <TextInput label={say('secretName')} required readOnly={name !== undefined} value={values.name} onChange={(event) => setValues({ ...values, name: event.currentTarget.value })} />
            <PasswordInput label={common('value')} required autoComplete="off" maxLength={8_192} value={values.value} onChange={(event) => setValues({ ...values, value: event.currentTarget.value })} />
            <Button type="submit" loading={save.isPending}>{common('save')}</Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
