import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import type { ApiKeyView, IssuedCredential, Role } from '../api/schema';
import { fromLocalInput } from '../format/time';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { type Column, DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { roleName } from '../session/roleName';
import { FormModal } from './FormModal';
import { byLife, lifeOf } from './life';
import { LifeBadge } from './LifeBadge';
import { roleChoices } from './roles';
import { ShownOnce } from './ShownOnce';
import { useTenant } from './tenant';
import { useSettingsText } from './text';

/** The API keys of a tenant: its admin's to manage, and the platform's. */
export function KeysSection({ tenant }: { tenant: string }) {
  const say = useSettingsText();
  const [open, { open: begin, close }] = useDisclosure();
  const [issued, setIssued] = useState<IssuedCredential | null>(null);
  const columns = useKeyColumns(tenant);
  const query = useTenant(tenant);
  return (
    <Section title={say('keys')} about={say('keysAbout')} actions={<Button size="xs" onClick={begin}>{say('issueKey')}</Button>}>
      <Stack>
        {issued && <ShownOnce title={say('issued')} texts={[{ text: issued.secret }]} onClose={() => setIssued(null)} />}
        <Answered query={query}>
          {({ keys }) => keys.length === 0
            ? <EmptyState title={say('noKeys')}>{say('noKeysHow')}</EmptyState>
            : <DataTable label={say('keys')} columns={columns} rows={byLife(keys)} rowKey={(key) => key.id} />}
        </Answered>
      </Stack>
      <IssueKey tenant={tenant} opened={open} onClose={close} onIssued={setIssued} />
    </Section>
  );
}

function useKeyColumns(tenant: string): Column<ApiKeyView>[] {
  const say = useSettingsText();
  const common = useCommon();
  const revoke = useAct(
    (key: string) => api.DELETE('/api/v1/tenants/{tenant}/keys/{key}', { params: { path: { tenant, key } } }), ['tenant'], say('revoked'),
  );
  return [
    { key: 'name', title: common('name'), cell: (key) => key.name },
    { key: 'role', title: say('role'), cell: (key) => common(roleName(key.role)) },
    { key: 'status', title: common('status'), cell: (key) => <LifeBadge credential={key} /> },
    { key: 'created', title: common('created'), cell: (key) => <TimeText at={key.created_at} />, wide: true },
    { key: 'expires', title: common('expires'), cell: (key) => (key.expires_at ? <TimeText at={key.expires_at} /> : common('never')) },
    {
      key: 'actions', title: common('actions'), cell: (key) => lifeOf(key) === 'live'
        && <ConfirmButton label={say('revoke')} question={say('revokeKey', { name: key.name })} onConfirm={() => revoke.mutate(key.id)} />,
    },
  ];
}

interface IssueProps {
  tenant: string;
  opened: boolean;
  onClose: () => void;
  onIssued: (issued: IssuedCredential) => void;
}

function IssueKey({ tenant, opened, onClose, onIssued }: IssueProps) {
  const say = useSettingsText();
  const common = useCommon();
  const form = useForm({ initialValues: { name: '', role: 'viewer', expires: '' } });
  const issue = useAct(
    ({ name, role, expires }: typeof form.values) => bodyOf(api.POST('/api/v1/tenants/{tenant}/keys', {
      params: { path: { tenant } },
      body: { name: name.trim() || 'default', role: role as Role, expires_at: fromLocalInput(expires) ?? null },
    })),
    ['tenant'], undefined, (issued) => {
      onIssued(issued);
      onClose();
      form.reset();
    },
  );
  return (
    <FormModal title={say('issueKey')} opened={opened} onClose={onClose} submit={say('issue')} busy={issue.isPending} onSubmit={form.onSubmit((values) => issue.mutate(values))}>
      <TextInput label={say('keyName')} required maxLength={64} data-autofocus {...form.getInputProps('name')} />
      <Select label={say('role')} data={roleChoices(common)} allowDeselect={false} {...form.getInputProps('role')} />
      <TextInput label={common('expires')} description={say('expiresHow')} type="datetime-local" {...form.getInputProps('expires')} />
    </FormModal>
  );
}
