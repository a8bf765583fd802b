import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { InvitationView, UserView } from '../api/schema';
import { useCommon } from '../language/common';
import { useAct } from '../lists/useAct';
import { useSettingsText } from './text';
import { UserForm } from './UserForm';
import type { Invited } from './UsersSection';
import { usersOf } from './users';

interface Props {
  tenant: string | null;
  user: UserView;
  /** Whether it is the viewer. */
  self: boolean;
  onInvited: (invited: Invited) => void;
}

interface Act {
  label: string;
  /** What it means, asked before it is done; left out: it is done at once. */
  question?: string;
  act: () => Promise<unknown>;
}

/** What an admin does with one user. */
export function UserActions({ tenant, user, self, onInvited }: Props) {
  const say = useSettingsText();
  const common = useCommon();
  const [editing, setEditing] = useState(false);
  const [asked, setAsked] = useState<Act | null>(null);
  const users = usersOf(tenant);
  const run = useAct(({ act }: Act) => act(), ['users'], say('done'), (made) => {
    if (isInvitation(made)) onInvited({ name: user.name, invitation: made });
  });
  const { name } = user;
  const acts: Act[] = [
    { label: say('newInvitation'), question: say('newInvitationHow', { name }), act: () => users.inviteAgain(name) },
    { label: say('signOutAll'), act: () => users.signOut(name) },
    user.enabled
      ? { label: say('disable'), question: say('disableUser', { name }), act: () => users.change(name, { enabled: false }) }
      : { label: say('enable'), act: () => users.change(name, { enabled: true }) },
    { label: common('delete'), question: say('deleteUser', { name }), act: () => users.remove(name) },
  ];
  const choose = (act: Act) => (act.question ? setAsked(act) : run.mutate(act));
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target><Button size="compact-xs" variant="default" aria-label={say('actionsOf', { name })}>{common('actions')}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setEditing(true)}>{common('edit')}</Menu.Item>
          {/* One's own account is changed on its own page; others' can be taken away. */}
          {!self && acts.map((act) => <Menu.Item key={act.label} onClick={() => choose(act)}>{act.label}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {editing && <UserForm tenant={tenant} user={user} onClose={() => setEditing(false)} />}
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={asked?.label} closeButtonProps={{ 'aria-label': common('close') }}>
        <Stack>
          <Text size="sm" className="wrap">{asked?.question}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(null)} data-autofocus>{common('cancel')}</Button>
            <Button color="red" onClick={() => { run.mutate(asked!); setAsked(null); }}>{asked?.label}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function isInvitation(made: unknown): made is InvitationView {
  return typeof made === 'object' && made !== null && 'url' in made && 'expires_at' in made;
}
