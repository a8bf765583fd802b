import { useAddress } from '../lists/useAddress';
import { periods } from './PeriodPicker';

/** The stretch of time that a page's charts show: the last hours, or a part that was chosen in one of them. */
export interface Span {
  period: string;
  /** RFC 3339; undefined: the period ends now. */
  zoom: { from: string; to: string } | undefined;
}

/** What the address says: `period`, and `from` and `to` of a zoom. */
export function spanOf(params: URLSearchParams): Span {
  const period = params.get('period');
  const from = params.get('from');
  const to = params.get('to');
  const zoom = from !== null && to !== null && Date.parse(from) < Date.parse(to) ? { from, to } : undefined;
  return { period: periods.find((one) => one === period) ?? '1h', zoom };
}

/** The parameters of a question for it. */
export function questionOf({ period, zoom }: Span): { period: string } | { from: string; to: string } {
  return zoom ?? { period };
}

/** The span of a page, which its charts share, and how it is changed. */
export function useSpan() {
  const { params, set } = useAddress();
  const span = spanOf(params);
  return {
    span,
    choose: (period: string) => set({ period, from: '', to: '' }),
    zoomIn: (from: number, to: number) => set({ from: instant(from), to: instant(to) }, { push: true }),
    zoomOut: span.zoom && (() => set({ from: '', to: '' })),
  };
}

// The centre has nothing between its seconds.
function instant(seconds: number): string {
  return `${new Date(Math.round(seconds) * 1_000).toISOString().slice(0, 19)}Z`;
}
