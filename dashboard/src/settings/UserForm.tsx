import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CreatedUser, Role, UserView } from '../api/schema';
import { useCommon } from '../language/common';
import { useAct } from '../lists/useAct';
import { FormModal } from './FormModal';
import { roleChoices } from './roles';
import { useSettingsText } from './text';
import type { Invited } from './UsersSection';
import { usersOf } from './users';

interface Props {
  tenant: string | null;
  /** Whom to change; left out: someone is invited. */
  user?: UserView;
  onClose: () => void;
  onInvited?: (invited: Invited) => void;
}

/** Invites a user, or changes one. */
export function UserForm({ tenant, user, onClose, onInvited }: Props) {
  const say = useSettingsText();
  const common = useCommon();
  const users = usersOf(tenant);
  const form = useForm({
    initialValues: { name: user?.name ?? '', display: user?.display_name ?? '', role: user?.role ?? (tenant === null ? 'platform' : 'viewer'), identity: user?.identity ?? '' },
  });
  const save = useAct<typeof form.values, CreatedUser | UserView>(
    ({ name, display, role, identity }) => user
      ? users.change(user.name, { display_name: display.trim(), role: role as Role, identity: identity.trim() })
      : users.invite({ name: name.trim(), display_name: display.trim() || null, role: role as Role, identity: identity.trim() || null }),
    ['users'], user && say('saved'), (made) => {
      if ('user' in made && made.invitation) onInvited?.({ name: made.user.name, invitation: made.invitation });
      onClose();
    },
  );
  return (
    <FormModal title={user ? `${common('edit')}: ${user.name}` : say('invite')} opened onClose={onClose} submit={user ? common('save') : say('invite')} busy={save.isPending} onSubmit={form.onSubmit((values) => save.mutate(values))}>
      {!user && <TextInput label={say('userName')} required minLength={3} maxLength={50} autoComplete="off" data-autofocus {...form.getInputProps('name')} />}
      <TextInput label={say('displayName')} autoComplete="off" {...form.getInputProps('display')} />
      {tenant !== null && <Select label={say('role')} data={roleChoices(common)} allowDeselect={false} {...form.getInputProps('role')} />}
      <TextInput label={say('identity')} description={say('identityHow')} autoComplete="off" {...form.getInputProps('identity')} />
    </FormModal>
  );
}
