import { expect, test } from 'vitest';
import { durationSeconds } from './duration';

test.each([['90', 90], ['5m', 300], ['1h30m', 5_400], ['1d', 86_400], ['0', 0], ['0s', 0]])('%s is %d seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test.each(['', 'm', '1.5h', '-5m', '5 m', '5x', '5m3'])('"%s" is no length of time', (text) => {
  expect(durationSeconds(text)).toBeUndefined();
});
