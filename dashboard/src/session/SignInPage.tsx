import { Alert, Button, Divider, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import { ErrorState } from '../lists/states';
import { Gate } from './Gate';
import { beginSession } from './session';
import { returnTo } from './returnTo';
import { useSessionText } from './text';

const lastTenant = 'outrider-tenant';

export default function SignInPage() {
  const say = useSessionText();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const options = useQuery({ queryKey: ['sign-in-options'], queryFn: () => bodyOf(api.GET('/api/v1/auth/options')) });
  const form = useForm({ initialValues: { tenant: params.get('tenant') ?? localStorage.getItem(lastTenant) ?? '', name: '', password: '' } });
  const signIn = useMutation({
    mutationFn: ({ tenant, name, password }: typeof form.values) =>
      bodyOf(api.POST('/api/v1/auth/login', { body: { tenant: tenant.trim() || null, name: name.trim(), password, token: false } })),
    onSuccess: (session) => {
      localStorage.setItem(lastTenant, session.tenant);
      beginSession(session);
      void navigate(returnTo(params), { replace: true });
    },
  });
  const problem = params.get('problem');
  const signInWith = (provider: string) => {
    const tenant = form.values.tenant.trim();
    localStorage.setItem(lastTenant, tenant);
    const query = new URLSearchParams({ tenant, return_to: returnTo(params) });
    location.assign(`/api/v1/auth/oauth/${encodeURIComponent(provider)}?${query}`);
  };
  return (
    <Gate title={say('signIn')}>
      {options.data?.setup_required && <Alert color="blue">{say('setup')}</Alert>}
      {problem && <Alert color="red" role="alert">{say(oauthProblem(problem), { code: problem })}</Alert>}
      {signIn.error && <ErrorState error={signIn.error} />}
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} style={{ display: 'contents' }}>
        <TextInput label={say('tenant')} description={say('tenantHow')} autoComplete="organization" {...form.getInputProps('tenant')} />
        <TextInput label={say('name')} required autoComplete="username" {...form.getInputProps('name')} />
        <PasswordInput label={say('password')} required autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" loading={signIn.isPending}>{say('signIn')}</Button>
      </form>
      {(options.data?.providers.length ?? 0) > 0 && <Divider label={say('or')} />}
      {options.data?.providers.map((provider) => (
        <Button key={provider.id} variant="default" onClick={() => signInWith(provider.id)}>{say('signInWith', { name: provider.name })}</Button>
      ))}
    </Gate>
  );
}

/** Why a provider's sign-in didn't end in a session, by the code that the centre sends the browser back with (docs/people.md). */
function oauthProblem(code: string) {
  switch (code) {
    case 'unauthenticated':
      return 'oauth_unauthenticated' as const;
    case 'unavailable':
      return 'oauth_unavailable' as const;
    case 'forbidden':
    case 'tenant_disabled':
      return 'oauth_disabled' as const;
    default:
      return 'oauth_failed' as const;
  }
}
