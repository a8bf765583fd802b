import { Button, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, bodyOf } from '../api/client';
import type { MetricPolicy } from '../api/schema';
import { useCommon } from '../language/common';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { useSettingsText } from './text';

/** How long metrics are kept; to be read by who may not change it. */
export function RetentionForm({ policy }: { policy: MetricPolicy }) {
  const say = useSettingsText();
  const common = useCommon();
  const readOnly = !useMay()('metrics_manage');
  const form = useForm<MetricPolicy>({ initialValues: policy });
  const save = useAct((body: MetricPolicy) => bodyOf(api.PUT('/api/v1/metrics/policy', { body })), ['metric-usage'], say('saved'));
  const field = (name: keyof MetricPolicy & string, label: string) => (
    <NumberInput label={label} required={!readOnly} min={1} allowDecimal={false} readOnly={readOnly} thousandSeparator=" " {...form.getInputProps(name)} />
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack align="flex-start">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} w="100%" style={{ alignItems: 'end' }}>
          {field('raw_hours', say('rawHours'))}
          {field('minute_days', say('minuteDays'))}
          {field('five_minute_days', say('fiveMinuteDays'))}
          {field('two_hour_days', say('twoHourDays'))}
          {field('max_series', say('maxSeries'))}
        </SimpleGrid>
        {!readOnly && <Button type="submit" size="xs" loading={save.isPending} disabled={!form.isDirty()}>{common('save')}</Button>}
      </Stack>
    </form>
  );
}
