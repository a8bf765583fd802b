import { expect, test } from 'vitest';
import { firingRows } from './firingRows';

const firing = (agent: string, fired_at: string, resolved_at: string | null, labels = {}) =>
  ({ agent, metric: 'm', labels, started_at: fired_at, fired_at, resolved_at, reason: null, value: 1 });

test('firings are bars of their subject, and one that still fires goes to the end', () => {
  const rows = firingRows({
    from: '2026-01-01T00:00:00Z', to: '2026-01-01T10:00:00Z',
    firings: [
      firing('a', '2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z', { mount: '/' }),
      firing('b', '2026-01-01T05:00:00Z', null),
      firing('a', '2026-01-01T03:00:00Z', '2026-01-01T11:00:00Z', { mount: '/' }),
    ],
  });
  expect(rows).toEqual([
    { subject: 'a mount=/', bars: [{ from: 0.1, to: 0.2 }, { from: 0.3, to: 1 }] },
    { subject: 'b', bars: [{ from: 0.5, to: 1 }] },
  ]);
});
