import { expect, test } from 'vitest';
import { byLife, lifeOf } from './life';

const now = Date.parse('2026-05-01T12:00:00Z');
const credential = (created_at: string, expires_at: string | null = null, revoked_at: string | null = null) => ({ created_at, expires_at, revoked_at });

test.each([
  [null, null, 'live'],
  ['2026-05-01T12:00:01Z', null, 'live'],
  ['2026-05-01T12:00:00Z', null, 'expired'],
  ['2026-05-01T12:00:00Z', '2026-04-01T00:00:00Z', 'isRevoked'],
])('expires %s, revoked %s: %s', (expires, revoked, life) => {
  expect(lifeOf(credential('2026-01-01', expires, revoked), now)).toBe(life);
});

test('those that live come first, the newest of them on top', () => {
  const list = [credential('2026-01-01'), credential('2026-03-01', null, '2026-03-02'), credential('2026-02-01')];
  expect(byLife(list, now).map((one) => one.created_at)).toEqual(['2026-02-01', '2026-01-01', '2026-03-01']);
});
