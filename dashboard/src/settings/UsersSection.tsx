import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InvitationView, UserView } from '../api/schema';
import { formatTime } from '../format/time';
import { useCommon } from '../language/common';
import { type Column, DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useSession } from '../session/session';
import { roleName } from '../session/roleName';
import { ShownOnce } from './ShownOnce';
import { UserActions } from './UserActions';
import { UserForm } from './UserForm';
import { usersOf } from './users';
import { useSettingsText } from './text';

export interface Invited {
  name: string;
  invitation: InvitationView;
}

/** The users of a tenant; of the platform where `tenant` is null. */
export function UsersSection({ tenant }: { tenant: string | null }) {
  const say = useSettingsText();
  const [open, { open: begin, close }] = useDisclosure();
  const [invited, setInvited] = useState<Invited | null>(null);
  const columns = useUserColumns(tenant, setInvited);
  const query = useQuery({ queryKey: ['users', tenant], queryFn: usersOf(tenant).list });
  return (
    <Section title={say('users')} about={say('usersAbout')} actions={<Button size="xs" onClick={begin}>{say('invite')}</Button>}>
      <Stack>
        {invited && (
          <ShownOnce
            title={say('invitation', { name: invited.name, time: formatTime(invited.invitation.expires_at) })}
            texts={[{ text: invited.invitation.url }]} onClose={() => setInvited(null)}
          />
        )}
        <Answered query={query}>
          {({ items }) => items.length === 0
            ? <EmptyState title={say('noUsers')}>{say('noUsersHow')}</EmptyState>
            : <DataTable label={say('users')} columns={columns} rows={items} rowKey={(user) => user.name} />}
        </Answered>
      </Stack>
      {open && <UserForm tenant={tenant} onClose={close} onInvited={setInvited} />}
    </Section>
  );
}

function useUserColumns(tenant: string | null, onInvited: (invited: Invited) => void): Column<UserView>[] {
  const say = useSettingsText();
  const common = useCommon();
  const session = useSession();
  const isSelf = (user: UserView) => session.kind === 'user' && session.tenant === (tenant ?? '') && session.name === user.name;
  return [
    {
      key: 'name', title: common('name'), cell: (user) => (
        <div>
          <Text size="sm" className="wrap">{user.display_name}{isSelf(user) && ` (${say('you')})`}</Text>
          {user.display_name !== user.name && <Text size="xs" c="dimmed" className="wrap">{user.name}</Text>}
        </div>
      ),
    },
    { key: 'role', title: say('role'), cell: (user) => common(roleName(user.role)) },
    { key: 'identity', title: say('identity'), cell: (user) => user.identity ?? '–', wide: true },
    { key: 'status', title: common('status'), cell: (user) => <UserState user={user} /> },
    { key: 'signIn', title: say('lastSignIn'), cell: (user) => (user.last_sign_in_at ? <TimeText at={user.last_sign_in_at} /> : common('never')) },
    { key: 'sessions', title: say('sessions'), align: 'right', cell: (user) => String(user.sessions), wide: true },
    { key: 'actions', title: common('actions'), cell: (user) => <UserActions tenant={tenant} user={user} self={isSelf(user)} onInvited={onInvited} /> },
  ];
}

function UserState({ user }: { user: UserView }) {
  const say = useSettingsText();
  return (
    <Group gap={4}>
      <Badge variant="light" className="contrast" color={user.enabled ? 'green' : 'gray'}>{say(user.enabled ? 'enabled' : 'disabled')}</Badge>
      {user.invited && <Badge variant="light" className="contrast" color="blue">{say('invited')}</Badge>}
      {user.locked_until && <Badge variant="light" className="contrast" color="orange">{say('locked', { time: formatTime(user.locked_until) })}</Badge>}
    </Group>
  );
}
