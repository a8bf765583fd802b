import { expect, test } from 'vitest';
import { returnTo } from './returnTo';

test.each([
  ['/tasks?status=running', '/tasks?status=running'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('return_to %s leads to %s', (wanted, expected) => {
  expect(returnTo(new URLSearchParams({ return_to: wanted }))).toBe(expected);
});
