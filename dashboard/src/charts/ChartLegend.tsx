import { Group, Text, UnstyledButton } from '@mantine/core';
import { formatUnit } from '../format/number';
import { seriesColor } from './palette';
import type { ChartSeries } from './TimeChart';

interface Props {
  series: ChartSeries[];
  unit: string | undefined;
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
  /** Where the cursor stands; null: the newest values are shown. */
  at: number | null;
}

/** The lines of a chart by name, with their values; each switches its line on and off. */
export function ChartLegend({ series, unit, hidden, onHidden, at }: Props) {
  const toggle = (label: string) => {
    const next = new Set(hidden);
    if (!next.delete(label)) next.add(label);
    onHidden(next);
  };
  return (
    <Group gap="md" mah={120} style={{ overflowY: 'auto' }}>
      {series.map((one, index) => (
        <UnstyledButton key={one.label} onClick={() => toggle(one.label)} aria-pressed={!hidden.has(one.label)} style={{ opacity: hidden.has(one.label) ? 0.55 : 1 }}>
          <Group gap={6} wrap="nowrap">
            <svg width="14" height="8" aria-hidden><rect y="2" width="14" height="4" rx="2" fill={seriesColor(index)} /></svg>
            <Text size="xs" td={hidden.has(one.label) ? 'line-through' : undefined}>{one.label}</Text>
            <Text size="xs" ff="monospace">{formatUnit(at === null ? last(one.values) : one.values[at], unit)}</Text>
          </Group>
        </UnstyledButton>
      ))}
    </Group>
  );
}

function last(values: ChartSeries['values']): number | undefined {
  return values.findLast((value) => typeof value === 'number') ?? undefined;
}
