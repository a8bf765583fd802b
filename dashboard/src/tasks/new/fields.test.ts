import { expect, test } from 'vitest';
import { taskTypes } from '../taskTypes';
import { fieldsOf, fieldText, fieldValue } from './fields';

test.each([
  ['text', '/srv', '/srv'],
  ['number', '5', 5],
  ['lines', 'ls\n-l\n', ['ls', '-l']],
  ['pairs', 'A=1\nB=x=y\nno', { A: '1', B: 'x=y' }],
  ['headers', 'Accept: a:b', { Accept: 'a:b' }],
  ['json', '{"a": 1}', { a: 1 }],
  ['json', '{no', '{no'],
  ['json', '12', '12'],
  ['text', '  ', undefined],
] as const)('%s %j is sent as %j', (kind, typed, value) => {
  expect(fieldValue({ kind }, typed)).toEqual(value);
});

test('a choice of yes and no is no text', () => {
  expect(fieldValue({ kind: 'choice', choices: ['true', 'false'] }, 'false')).toBe(false);
  expect(fieldText('choice', false)).toBe('false');
});

test.each([
  ['lines', ['ls', '-l']],
  ['pairs', { A: '1' }],
  ['headers', { Accept: 'x' }],
  ['json', { a: [1] }],
  ['json', 'text'],
] as const)('what is shown of %s %j is sent again', (kind, value) => {
  expect(fieldValue({ kind }, fieldText(kind, value))).toEqual(value);
});

test.each(taskTypes)('the parameters of %s are each there once', (type) => {
  const paths = fieldsOf(type).map((field) => field.path);
  expect(new Set(paths).size).toBe(paths.length);
});
