import { Anchor, Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import type { TenantView } from '../api/schema';
import { useCommon } from '../language/common';
import { Section } from '../lists/Section';
import { Answered, PageHead } from '../lists/states';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { KeysSection } from '../settings/KeysSection';
import { useTenant } from '../settings/tenant';
import { TokensSection } from '../settings/TokensSection';
import { QuotaUsage } from '../settings/UsageSection';
import { UsersSection } from '../settings/UsersSection';
import { EnabledBadge, SwitchTenant } from './SwitchTenant';
import { TenantFieldInputs } from './TenantFieldInputs';
import { fieldsOf, type TenantFields, updateOf } from './tenantForm';
import { usePlatformText } from './text';

/** A tenant as the platform sees it: who may do what, and how much. Nothing of what it looks after. */
export default function TenantPage() {
  const say = usePlatformText();
  const may = useMay();
  const { tenant = '' } = useParams();
  const query = useTenant(tenant);
  return (
    <>
      <PageHead title={query.data?.name ?? tenant}>
        {query.data && <><EnabledBadge enabled={query.data.enabled} /><SwitchTenant tenant={query.data} /></>}
        <Anchor component={Link} to="/platform" size="sm">{say('all')}</Anchor>
      </PageHead>
      <Answered query={query}>
        {(view) => (
          <Stack>
            <Section title={say('quotas')}><QuotaUsage tenant={view} /></Section>
            <Profile key={tenant} tenant={view} />
            {may('users_manage') && <UsersSection tenant={tenant} />}
            {may('tenant_credentials_manage') && <><KeysSection tenant={tenant} /><TokensSection tenant={tenant} /></>}
          </Stack>
        )}
      </Answered>
    </>
  );
}

function Profile({ tenant }: { tenant: TenantView }) {
  const say = usePlatformText();
  const common = useCommon();
  const form = useForm<TenantFields>({ initialValues: fieldsOf(tenant) });
  const save = useAct(
    (fields: TenantFields) => bodyOf(api.PATCH('/api/v1/tenants/{tenant}', { params: { path: { tenant: tenant.id } }, body: updateOf(fields) })),
    ['tenants', 'tenant'], say('saved'), (saved) => {
      form.setInitialValues(fieldsOf(saved));
      form.setValues(fieldsOf(saved));
    },
  );
  return (
    <Section title={say('profile')}>
      <form onSubmit={form.onSubmit((fields) => save.mutate(fields))}>
        <Stack maw={640}>
          <TenantFieldInputs form={form} />
          <Group><Button type="submit" size="xs" disabled={!form.isDirty()} loading={save.isPending}>{common('save')}</Button></Group>
        </Stack>
      </form>
    </Section>
  );
}
