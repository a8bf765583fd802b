import { expect, test } from 'vitest';
import { emptySilence, silenceFaults, silenceOf } from './silence';

test('a silence with a duration has no times', () => {
  expect(silenceOf({ ...emptySilence, rule: ' host-* ', from: '2026-01-01T00:00', to: '2026-01-02T00:00' }))
    .toEqual({ rule: 'host-*', agent: null, labels: {}, comment: null, duration: '2h' });
});

test('a silence from when to when has no duration', () => {
  const silence = silenceOf({ ...emptySilence, mode: 'span', to: '2026-01-02T00:00' });
  expect(silence.duration).toBeUndefined();
  expect(silence.from).toBeNull();
  expect(silence.to).toBe(new Date('2026-01-02T00:00').toISOString());
});

test.each([
  [{ duration: '2h' }, []],
  [{ duration: '' }, ['duration']],
  [{ duration: '0s' }, ['duration']],
  [{ duration: 'soon' }, ['duration']],
  [{ mode: 'span' as const }, ['to']],
  [{ mode: 'span' as const, to: '2026-01-02T00:00' }, []],
])('%j lacks %j', (draft, faults) => {
  expect(silenceFaults({ ...emptySilence, ...draft })).toEqual(faults);
});
