import { formatShortTime, formatTime } from '../format/time';

/** A time in the viewer's zone, with the whole of it on hovering. */
export function TimeText({ at }: { at: string | null | undefined }) {
  return at ? <time dateTime={at} title={formatTime(at)}>{formatShortTime(at)}</time> : <span>–</span>;
}
