import { Badge, Button } from '@mantine/core';
import { api, bodyOf } from '../api/client';
import type { TenantView } from '../api/schema';
import { ConfirmButton } from '../lists/ConfirmButton';
import { useAct } from '../lists/useAct';
import { usePlatformText } from './text';

/** Whether a tenant is let in. */
export function EnabledBadge({ enabled }: { enabled: boolean }) {
  const say = usePlatformText();
  return <Badge variant="light" className="contrast" color={enabled ? 'green' : 'gray'}>{say(enabled ? 'enabled' : 'disabled')}</Badge>;
}

/** Lets a tenant in, or shuts it out once the viewer has said yes. */
export function SwitchTenant({ tenant: { id, enabled } }: { tenant: TenantView }) {
  const say = usePlatformText();
  const change = useAct(
    (next: boolean) => bodyOf(api.PATCH('/api/v1/tenants/{tenant}', { params: { path: { tenant: id } }, body: { enabled: next } })),
    ['tenants', 'tenant'], say(enabled ? 'isDisabled' : 'isEnabled', { tenant: id }),
  );
  return enabled
    ? <ConfirmButton label={say('disable')} question={say('disableHow', { tenant: id })} onConfirm={() => change.mutate(false)} />
    : <Button size="compact-xs" variant="default" loading={change.isPending} onClick={() => change.mutate(true)}>{say('enable')}</Button>;
}
