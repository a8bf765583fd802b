import { expect, test } from 'vitest';
import type { ExpertArgument } from '../api/schema';
import { argumentsOf, askedOf, defaultsOf } from './arguments';

const all: ExpertArgument[] = [
  { name: 'database_name', type: 'string', description: '', default: null },
  { name: 'days', type: 'integer', description: '', default: '7' },
  { name: 'deep', type: 'boolean', description: '', default: 'false' },
  { name: 'include_details', type: 'boolean', description: '', default: 'true' },
];

test('a form begins with what the expert would take anyway', () => {
  expect(defaultsOf(askedOf(all))).toEqual({ database_name: '', days: '7', deep: false });
});

test('each argument goes as its type; empty ones stay away', () => {
  expect(argumentsOf(all, { database_name: ' ', days: '14', deep: true, other: 'x' })).toEqual({ days: 14, deep: true });
  expect(argumentsOf(all, { database_name: ' sales ', days: '', deep: false })).toEqual({ database_name: 'sales', deep: false });
});
