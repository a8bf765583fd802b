import type { TaskView } from '../api/schema';
import { formatSeconds } from '../format/number';

/** How long a task ran; a dash while that isn't known. */
export function formatTook({ started_at, finished_at }: Pick<TaskView, 'started_at' | 'finished_at'>): string {
  return started_at && finished_at ? formatSeconds(Math.max(0, Date.parse(finished_at) - Date.parse(started_at)) / 1_000) : '–';
}
