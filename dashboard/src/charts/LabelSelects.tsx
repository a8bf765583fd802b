import { Select } from '@mantine/core';
import type { MetricView } from '../api/schema';
import { useAddress } from '../lists/useAddress';
import { useChartText } from './text';

/** For each label of a metric its values, of which one may be chosen; the address holds them as `labels`, each `name=value`. */
export function LabelSelects({ metric: { labels } }: { metric: Pick<MetricView, 'labels'> }) {
  const say = useChartText();
  const { all, set } = useAddress();
  const chosen = all('labels');
  return labels.filter(({ count }) => count > 1).map(({ name, values }) => {
    const own = `${name}=`;
    const value = chosen.find((label) => label.startsWith(own))?.slice(own.length) ?? null;
    const choose = (next: string | null) => set({ labels: [...chosen.filter((label) => !label.startsWith(own)), ...(next === null ? [] : [own + next])] });
    return (
      <Select
        key={name} size="xs" w={160} label={name} placeholder={say('anyValue')} searchable clearable limit={200}
        value={value} data={values.filter(Boolean)} onChange={choose}
      />
    );
  });
}
