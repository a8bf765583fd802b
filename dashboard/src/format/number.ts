import { language } from '../language/language';
import { numberFormat } from './formatters';

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function formatNumber(value: number, digits = 2): string {
  return numberFormat({ maximumFractionDigits: digits }).format(value);
}

export function formatBytes(bytes: number): string {
  let step = 0;
  while (Math.abs(bytes) >= 1024 && step < binary.length - 1) {
    bytes /= 1024;
    step++;
  }
  return `${formatNumber(bytes, step === 0 || Math.abs(bytes) >= 100 ? 0 : 1)} ${binary[step]}`;
}

/** A value with its unit, as the metric's `unit` names it. */
export function formatUnit(value: number | null | undefined, unit: string | undefined): string {
  if (value === null || value === undefined) return '–';
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'bytes_per_second':
    case 'bytes per second':
    case 'bytes/s':
      return `${formatBytes(value)}/s`;
    case 'percent':
      return `${formatNumber(value, 1)} %`;
    case 'seconds':
      return formatSeconds(value);
    case 'per second':
      return `${formatNumber(value)}/s`;
    case 'seconds per second':
      return `${formatNumber(value)} s/s`;
    case 'milliseconds':
      return `${formatNumber(value, 1)} ms`;
    default:
      return Math.abs(value) >= 1e6 ? new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 }).format(value) : formatNumber(value);
  }
}

/** A length of time with its two largest units: `3 d 4 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${formatNumber(seconds * 1000, 0)} ms`;
  const units: [string, number][] = language() === 'zh'
    ? [['天', 86_400], ['小时', 3_600], ['分', 60], ['秒', 1]]
    : [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  const [name, size] = units[first]!;
  const whole = Math.floor(seconds / size);
  const next = units[first + 1];
  const rest = next ? Math.floor((seconds - whole * size) / next[1]) : 0;
  return next && rest > 0 ? `${whole} ${name} ${rest} ${next[0]}` : `${whole} ${name}`;
}
