import { expect, test } from 'vitest';
import { separated } from './separated';

test('fields that would be read in another way are quoted', () => {
  expect(separated(['a', 'b'], [['1,5', 'say "hi"'], ['x\ny', '']], ',')).toBe('a,b\r\n"1,5","say ""hi"""\r\n"x\ny",""\r\n');
  expect(separated(['a'], [['1,5'], ['x\ty']], '\t')).toBe('a\r\n1,5\r\n"x\ty"\r\n');
});

test('what is unknown is told apart from an empty text', () => {
  expect(separated(['a', 'b'], [[null, '']], ',')).toBe('a,b\r\n,""\r\n');
});
