import type { SilenceView } from '../api/schema';
import { durationSeconds } from '../format/duration';
import { fromLocalInput } from '../format/time';

/** A silence as it is typed; times are in the viewer's zone. */
export interface SilenceDraft {
  rule: string;
  agent: string;
  labels: Record<string, string>;
  mode: 'duration' | 'span';
  duration: string;
  from: string;
  to: string;
  comment: string;
}

export const emptySilence: SilenceDraft = { rule: '', agent: '', labels: {}, mode: 'duration', duration: '2h', from: '', to: '', comment: '' };

/** The fields that must be changed before it can be sent. */
export function silenceFaults({ mode, duration, to }: SilenceDraft): ('duration' | 'to')[] {
  if (mode === 'duration') return durationSeconds(duration) ? [] : ['duration'];
  return to === '' ? ['to'] : [];
}

/** What is sent: what is empty is left out and matches everything. */
export function silenceOf(draft: SilenceDraft): SilenceView {
  return {
    rule: draft.rule.trim() || null,
    agent: draft.agent.trim() || null,
    labels: draft.labels,
    comment: draft.comment.trim() || null,
    ...(draft.mode === 'duration' ? { duration: draft.duration } : { from: fromLocalInput(draft.from) ?? null, to: fromLocalInput(draft.to) ?? null }),
  };
}
