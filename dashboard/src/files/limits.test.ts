import { expect, test } from 'vitest';
import { fileFault } from './limits';

test.each([
  ['a.sql', 1, 'user', undefined],
  ['A.SQL', 50 * 2 ** 20, 'user', undefined],
  ['a.sql', 50 * 2 ** 20 + 1, 'user', 'tooLarge'],
  ['a.exe', 1, 'user', 'badEnding'],
  ['sql', 1, 'user', 'badEnding'],
  ['a.exe', 5 * 2 ** 30, 'artefact', undefined],
  ['a.exe', 5 * 2 ** 30 + 1, 'artefact', 'tooLarge'],
  ['a.sql', 0, 'user', 'empty'],
] as const)('%s of %d bytes as %s: %s', (name, size, kind, fault) => {
  expect(fileFault({ name, size }, kind)).toBe(fault);
});
