import { Anchor, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { TenantView } from '../api/schema';
import { formatNumber } from '../format/number';
import { useCommon } from '../language/common';
import { type Column, DataTable } from '../lists/DataTable';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAddress } from '../lists/useAddress';
import { useMay } from '../session/session';
import { UsersSection } from '../settings/UsersSection';
import { fillColor } from '../theme/severity';
import { NewTenant } from './NewTenant';
import { EnabledBadge, SwitchTenant } from './SwitchTenant';
import { usePlatformText } from './text';

/** The tenants of this centre, and who manages them. */
export default function PlatformPage() {
  const say = usePlatformText();
  const may = useMay();
  const after = useAddress().get('after') || undefined;
  const query = useQuery({
    queryKey: ['tenants', after],
    queryFn: () => bodyOf(api.GET('/api/v1/tenants', { params: { query: { after, limit: 50 } } })),
    refetchInterval: pollCharts,
  });
  return (
    <>
      <PageHead title={say('tenants')}><NewTenant /></PageHead>
      <Stack gap="xl">
        <Answered query={query}>
          {({ tenants, next }) => tenants.length === 0 && !after
            ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState>
            : <div><Tenants tenants={tenants} /><Pager next={next} /></div>}
        </Answered>
        {may('platform_users_manage') && <UsersSection tenant={null} />}
      </Stack>
    </>
  );
}

function Tenants({ tenants }: { tenants: TenantView[] }) {
  const say = usePlatformText();
  const common = useCommon();
  const columns: Column<TenantView>[] = [
    {
      key: 'tenant', title: say('tenant'), cell: (one) => (
        <>
          <Anchor component={Link} to={`/platform/${one.id}`} size="sm" className="wrap">{one.name}</Anchor>
          {one.name !== one.id && <Text size="xs" c="dimmed" className="wrap">{one.id}</Text>}
        </>
      ),
    },
    { key: 'status', title: common('status'), cell: (one) => <EnabledBadge enabled={one.enabled} /> },
    { key: 'agents', title: say('agents'), cell: (one) => <Used name={`${one.id}: ${say('agents')}`} used={one.usage.agents} quota={one.quotas.agents} /> },
    { key: 'queries', title: say('queries'), cell: (one) => <Used name={`${one.id}: ${say('queries')}`} used={one.usage.queries} quota={one.quotas.queries_per_month} /> },
    { key: 'created', title: common('created'), cell: (one) => <TimeText at={one.created_at} />, wide: true },
    { key: 'description', title: say('description'), cell: (one) => one.description, wide: true },
    { key: 'actions', title: common('actions'), cell: (one) => <SwitchTenant tenant={one} /> },
  ];
  return <DataTable label={say('tenants')} rows={tenants} rowKey={(one) => one.id} columns={columns} />;
}

/** What is used of a quota, if there is one. */
function Used({ name, used, quota }: { name: string; used: number; quota: number | null | undefined }) {
  const say = usePlatformText();
  if (quota === null || quota === undefined) return <Text size="sm">{formatNumber(used)} <Text span size="xs" c="dimmed">({say('noLimit')})</Text></Text>;
  const percent = quota === 0 ? 100 : (used / quota) * 100;
  return (
    <>
      <Text size="sm">{say('ofQuota', { used: formatNumber(used), quota: formatNumber(quota) })}</Text>
      <Progress size="sm" value={Math.min(100, percent)} color={fillColor(percent)} aria-label={name} />
    </>
  );
}
