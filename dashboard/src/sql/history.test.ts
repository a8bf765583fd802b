import { expect, test } from 'vitest';
import { historyOf, type Past, remember } from './history';

const past = (sql: string, agent = 'demo'): Past => ({ agent, sql, at: '2026-05-01T00:00:00Z', rows: 1 });

test('the newest comes first, and once', () => {
  const history = ['a', 'b', 'a'].reduce<Past[]>((known, sql) => remember(known, past(sql)), []);
  expect(history.map((one) => one.sql)).toEqual(['a', 'b']);
  expect(remember(history, past('a', 'other'))).toHaveLength(3);
});

test('it is bounded, in number and in length', () => {
  let history: Past[] = [];
  for (let number = 0; number < 60; number++) history = remember(history, past(`select ${number}`));
  expect(history).toHaveLength(50);
  expect(history[0]!.sql).toBe('select 59');
  expect(remember(history, past('x'.repeat(20_001)))).toBe(history);
});

test.each([[undefined], [{}], ['x'], [[null, 1, { agent: 'a' }]]])('%j is no history', (kept) => {
  expect(historyOf(kept)).toEqual([]);
});
