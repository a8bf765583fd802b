import { Alert, Button, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, bodyOf } from '../api/client';
import { ErrorState } from '../lists/states';
import { Gate } from './Gate';
import { inviteeOf } from './invitation';
import { NewPassword, useNewPasswordRules } from './NewPassword';
import { beginSession } from './session';
import { useSessionText } from './text';

/** Where a one-time link leads. Its token stands behind the '#', which browsers send nowhere. */
export default function WelcomePage() {
  const say = useSessionText();
  const navigate = useNavigate();
  const [token] = useState(() => location.hash.slice(1));
  const invited = inviteeOf(token);
  const form = useForm({ initialValues: { name: '', password: '', repeat: '' }, validate: useNewPasswordRules() });
  const accept = useMutation({
    mutationFn: ({ name, password }: typeof form.values) =>
      bodyOf(api.POST('/api/v1/auth/welcome', { body: { token, name: invited ? null : name.trim(), password } })),
    onSuccess: (session) => {
      beginSession(session);
      void navigate('/', { replace: true });
    },
  });
  if (token === '') return <Gate title={say('welcome')}><Alert color="red">{say('noToken')}</Alert></Gate>;
  return (
    <Gate title={say('welcome')}>
      <Text>{invited ? say('welcomeHow', { name: invited }) : say('welcomeFirst')}</Text>
      {accept.error && <ErrorState error={accept.error} />}
      <form onSubmit={form.onSubmit((values) => accept.mutate(values))} style={{ display: 'contents' }}>
        {!invited && <TextInput label={say('name')} required autoComplete="username" {...form.getInputProps('name')} />}
        {invited && <input type="text" autoComplete="username" value={invited} readOnly hidden />}
        <NewPassword form={form} />
        <Button type="submit" loading={accept.isPending}>{say('begin')}</Button>
      </form>
    </Gate>
  );
}
