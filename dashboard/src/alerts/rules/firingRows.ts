import type { DryRunAnswer } from '../../api/schema';
import { labelsText } from '../../format/labels';

/** The firings of one subject; each from and to is a share of the period, 0 to 1. */
export interface FiringRow {
  subject: string;
  bars: { from: number; to: number }[];
}

/** The firings by subject, in the order in which the subjects first fired. */
export function firingRows({ from, to, firings }: Pick<DryRunAnswer, 'from' | 'to' | 'firings'>): FiringRow[] {
  const begin = Date.parse(from);
  const length = Math.max(1, Date.parse(to) - begin);
  const share = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - begin) / length));
  const rows = new Map<string, FiringRow>();
  for (const one of firings) {
    const subject = `${one.agent} ${labelsText(one.labels)}`.trim() || one.metric;
    const row = rows.get(subject) ?? { subject, bars: [] };
    row.bars.push({ from: share(one.fired_at), to: one.resolved_at ? share(one.resolved_at) : 1 });
    rows.set(subject, row);
  }
  return [...rows.values()];
}
