import { expect, test } from 'vitest';
import { formatBytes, formatSeconds, formatUnit } from './number';

test.each([[0, '0 B'], [1023, '1,023 B'], [1536, '1.5 KiB'], [5 * 2 ** 30, '5 GiB'], [-2048, '-2 KiB']])('%d bytes', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([[0.25, '250 ms'], [59, '59 s'], [3_661, '1 h 1 min'], [90_000, '1 d 1 h'], [86_400, '1 d']])('%d seconds', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('a value that is unknown is no number', () => {
  expect(formatUnit(null, 'percent')).toBe('–');
  expect(formatUnit(0, 'percent')).toBe('0 %');
});
