import { Select } from '@mantine/core';
import type { MetricView } from '../api/schema';
import { useAddress } from '../lists/useAddress';
import { metricGroups } from './metricGroups';
import { useChartText } from './text';

/** Chooses a metric; the address holds it as `metric`. What was chosen of another's labels is let go. */
export function MetricSelect({ metrics, value }: { metrics: Pick<MetricView, 'metric'>[]; value: string | null }) {
  const say = useChartText();
  const { set } = useAddress();
  const data = metricGroups(metrics.map(({ metric }) => metric)).map(([group, items]) => ({ group, items }));
  return (
    <Select
      size="xs" w={{ base: '100%', sm: 360 }} label={say('metric')} searchable limit={200} allowDeselect={false} value={value} data={data}
      onChange={(metric) => metric && set({ metric, labels: [], aggregate: '' })}
    />
  );
}
