import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { MetricUsage, TenantView } from '../api/schema';
import { formatNumber } from '../format/number';
import { Section } from '../lists/Section';
import { Answered } from '../lists/states';
import { useMay } from '../session/session';
import { fillColor } from '../theme/severity';
import { RetentionForm } from './RetentionForm';
import { useTenant } from './tenant';
import { useSettingsText } from './text';

/** What a tenant uses of what it may, and how long its metrics are kept. */
export function UsageSection({ tenant }: { tenant: string }) {
  const say = useSettingsText();
  const may = useMay();
  const quotas = useTenant(tenant, may('tenant_credentials_manage'));
  const metrics = useQuery({ queryKey: ['metric-usage'], queryFn: () => bodyOf(api.GET('/api/v1/metrics/usage')) });
  return (
    <Stack>
      <Section title={say('usage')}>
        <Stack>
          {may('tenant_credentials_manage') && <Answered query={quotas}>{(data) => <QuotaUsage tenant={data} />}</Answered>}
          <Answered query={metrics}>{(data) => <SeriesUsage usage={data} />}</Answered>
        </Stack>
      </Section>
      <Section title={say('retention')} about={say('retentionAbout')}>
        <Answered query={metrics}>{({ policy }) => <RetentionForm key={JSON.stringify(policy)} policy={policy} />}</Answered>
      </Section>
    </Stack>
  );
}

/** Queries and agents of a tenant against its quotas. */
export function QuotaUsage({ tenant: { quotas, usage } }: { tenant: TenantView }) {
  const say = useSettingsText();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Used name={say('queries', { month: usage.month })} used={usage.queries} quota={quotas.queries_per_month} />
      <Used name={say('agents')} used={usage.agents} quota={quotas.agents} />
    </SimpleGrid>
  );
}

function SeriesUsage({ usage }: { usage: MetricUsage }) {
  const say = useSettingsText();
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}><Used name={say('series')} used={usage.series} quota={usage.policy.max_series} /></SimpleGrid>
      <Group gap="xl">
        <Figure name={say('measured')} value={usage.agents} />
        <Figure name={say('stored')} value={usage.stored} />
        <Figure name={say('refusedSeries')} value={usage.refused_by_series_limit} />
        <Figure name={say('refusedTime')} value={usage.refused_by_time} />
      </Group>
    </Stack>
  );
}

function Used({ name, used, quota }: { name: string; used: number; quota: number | null | undefined }) {
  const say = useSettingsText();
  const percent = quota ? (used / quota) * 100 : 0;
  const text = quota === null || quota === undefined
    ? say('unlimited', { used: formatNumber(used) })
    : say('ofQuota', { used: formatNumber(used), quota: formatNumber(quota) });
  return (
    <div>
      <Group justify="space-between"><Text size="sm">{name}</Text><Text size="sm">{text}</Text></Group>
      {quota !== null && quota !== undefined && <Progress value={Math.min(100, percent)} color={fillColor(percent)} aria-label={name} mt={4} />}
    </div>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return <div><Text size="xs" c="dimmed">{name}</Text><Text size="sm">{formatNumber(value)}</Text></div>;
}
