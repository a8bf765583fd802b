import { Select } from '@mantine/core';
import type { MetricAggregate } from '../api/schema';
import { useAddress } from '../lists/useAddress';
import { aggregateOf, aggregates } from './aggregates';
import { useChartText } from './text';

/** Chooses what a step's value is of its samples; the address holds it as `aggregate`. Rates are of counters only. */
export function AggregateSelect({ isCounter }: { isCounter: boolean }) {
  const say = useChartText();
  const { get, set } = useAddress();
  const offered: MetricAggregate[] = aggregates.filter((one) => isCounter || one !== 'rate');
  return (
    <Select
      size="xs" w={170} label={say('aggregate')} placeholder={say('byKind')} clearable value={aggregateOf(get('aggregate')) ?? null}
      data={offered.map((value) => ({ value, label: say(value) }))} onChange={(value) => set({ aggregate: value ?? '' })}
    />
  );
}
