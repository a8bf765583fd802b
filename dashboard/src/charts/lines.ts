import type { ChartSeries } from './TimeChart';

/** Values over their own times, RFC 3339. */
export interface Timed {
  times: readonly string[];
  series: readonly { label: string; values: readonly (number | null)[] }[];
}

/** Puts several answers on one axis of time: where one has nothing at a time of another, its line goes on. */
export function onOneAxis(answers: readonly Timed[]): { times: number[]; series: ChartSeries[] } {
  const parsed = answers.map(({ times }) => times.map((at) => Date.parse(at) / 1_000));
  const [first] = parsed;
  if (first && parsed.every((times) => times.length === first.length && times.every((at, index) => at === first[index]))) {
    return { times: first, series: answers.flatMap(({ series }) => series.map(({ label, values }) => ({ label, values: [...values] }))) };
  }
  const times = [...new Set(parsed.flat())].sort((a, b) => a - b);
  const at = new Map(times.map((time, index) => [time, index]));
  const series = answers.flatMap((answer, index) =>
    answer.series.map(({ label, values }) => {
      const placed = new Array<number | null | undefined>(times.length).fill(undefined);
      values.forEach((value, position) => { placed[at.get(parsed[index]![position]!)!] = value; });
      return { label, values: placed };
    }));
  return { times, series };
}

/** The lines that reach highest, in their order, where a chart can't have them all. */
export function highest<T extends { summary: { peak: number | null } | null }>(series: readonly T[], most: number): readonly T[] {
  if (series.length <= most) return series;
  const peak = ({ summary }: T) => summary?.peak ?? -Infinity;
  const chosen = new Set([...series].sort((a, b) => peak(b) - peak(a)).slice(0, most));
  return series.filter((one) => chosen.has(one));
}
