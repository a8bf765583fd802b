import { Badge, Button, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { SessionItem } from '../api/schema';
import { useCommon } from '../language/common';
import { DataTable } from '../lists/DataTable';
import { Answered, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { NewPassword, useNewPasswordRules } from './NewPassword';
import { roleName } from './roleName';
import { useSession } from './session';
import { signOut } from './signOut';
import { useSessionText } from './text';

export default function AccountPage() {
  const say = useSessionText();
  const common = useCommon();
  const session = useSession();
  return (
    <Stack maw={800}>
      <PageHead title={say('account')} />
      <Paper withBorder p="md">
        <Group gap="xl">
          <Text>{session.display_name} ({session.name})</Text>
          <Text>{say('tenant')}: {session.tenant_name || '–'}</Text>
          <Text>{say('role')}: {common(roleName(session.role))}</Text>
        </Group>
      </Paper>
      {session.kind === 'user' ? <><PasswordForm /><Sessions /></> : <Text c="dimmed">{say('kindKey')}</Text>}
    </Stack>
  );
}

function PasswordForm() {
  const say = useSessionText();
  const form = useForm({ initialValues: { current: '', password: '', repeat: '' }, validate: useNewPasswordRules() });
  const change = useAct(
    ({ current, password }: typeof form.values) => api.POST('/api/v1/auth/password', { body: { current, password } }),
    ['own-sessions'], say('changed'), () => form.reset(),
  );
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} size="h4" mb="sm">{say('change')}</Title>
      <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <Stack maw={360}>
          <PasswordInput label={say('current')} required autoComplete="current-password" {...form.getInputProps('current')} />
          <NewPassword form={form} />
          <Button type="submit" loading={change.isPending}>{say('change')}</Button>
        </Stack>
      </form>
    </Paper>
  );
}

function Sessions() {
  const say = useSessionText();
  const common = useCommon();
  const query = useQuery({ queryKey: ['own-sessions'], queryFn: () => bodyOf(api.GET('/api/v1/auth/sessions')) });
  const end = useAct((id: string) => api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }), ['own-sessions'], say('ended'));
  return (
    <Paper withBorder p="md" component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">{say('sessions')}</Title>
        <Button variant="default" size="xs" onClick={() => void signOut(true)}>{say('everywhere')}</Button>
      </Group>
      <Text c="dimmed" size="sm" mb="sm">{say('sessionsHow')}</Text>
      <Answered query={query}>
        {({ items }) => (
          <DataTable<SessionItem>
            label={say('sessions')} rows={items} rowKey={(one) => one.id}
            columns={[
              { key: 'client', title: say('client'), cell: (one) => one.client ?? common('unknown') },
              { key: 'ip', title: say('address'), cell: (one) => one.ip ?? '–' },
              { key: 'created', title: common('created'), cell: (one) => <TimeText at={one.created_at} />, wide: true },
              { key: 'seen', title: say('lastSeen'), cell: (one) => <TimeText at={one.last_seen_at} /> },
              {
                key: 'end', title: common('actions'), cell: (one) => one.current
                  ? <Badge variant="light" className="contrast">{say('thisOne')}</Badge>
                  : <Button size="compact-xs" variant="default" onClick={() => end.mutate(one.id)}>{say('end')}</Button>,
              },
            ]}
          />
        )}
      </Answered>
    </Paper>
  );
}
