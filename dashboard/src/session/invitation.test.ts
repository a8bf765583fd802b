import { expect, test } from 'vitest';
import { inviteeOf } from './invitation';

test.each([
  ['oli.acme.wang.c2VjcmV0', 'wang'],
  ['oli.acme.wang.wei.c2VjcmV0', 'wang.wei'],
  ['oli.~.root.c2VjcmV0', 'root'],
  ['oli.~.~.c2VjcmV0', ''],
  ['half', ''],
])('%s is for "%s"', (token, name) => {
  expect(inviteeOf(token)).toBe(name);
});
