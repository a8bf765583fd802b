import { timeFormat } from './formatters';

type Instant = string | number | Date;

/** Date and time in the viewer's zone. */
export function formatTime(at: Instant): string {
  return timeFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

/** The time alone if it is today's, else with its date. */
export function formatShortTime(at: Instant, now = Date.now()): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now).toDateString();
  return timeFormat(today ? { timeStyle: 'medium' } : { dateStyle: 'short', timeStyle: 'short' }).format(date);
}

/** The viewer's zone, for the foot of tables of times. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A value for `<input type="datetime-local">`, in the viewer's zone. */
export function toLocalInput(at: Instant): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The instant of a `<input type="datetime-local">`, in UTC; undefined when it is empty. */
export function fromLocalInput(text: string): string | undefined {
  return text === '' ? undefined : new Date(text).toISOString();
}
