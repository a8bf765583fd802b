import { SegmentedControl } from '@mantine/core';
import { useCommon } from '../language/common';

/** The periods that charts offer, as the centre takes them. */
export const periods = ['1h', '6h', '24h', '7d', '30d'] as const;

export type Period = (typeof periods)[number];

export function PeriodPicker({ value, onChange }: { value: string; onChange: (period: Period) => void }) {
  const say = useCommon();
  return <SegmentedControl size="xs" aria-label={say('period')} data={[...periods]} value={value} onChange={(chosen) => onChange(chosen as Period)} />;
}
