import { expect, test } from 'vitest';
import { addressOfDraft, draftOfAddress } from './taskAddress';
import { draftOf } from './taskDraft';

const read = (address: string) => draftOfAddress(new URL(address, 'http://centre'));

test.each([
  { agent_id: 'db1', type: 'mysql', command: 'SELECT "a&b=c#"\n;', params: { connection: 'shop', exec_options: { backup: false } }, wait: 0, idempotent: true },
  { agents: ['web-*', 'db'], labels: { role: 'a=b' }, type: 'shell', command: 'id', batch_size: '25%', pause: 3, max_failure_ratio: 0.5 },
])('a form is what its address says: %j', (body) => {
  expect(read(addressOfDraft(draftOf(body)))).toEqual(draftOf(body));
});

test('what is too long for servers they do not see', () => {
  const draft = draftOf({ agent_id: 'a', type: 'mysql', command: 'x'.repeat(100_000) });
  const address = addressOfDraft(draft);
  expect(address.indexOf('#')).toBeLessThan(20);
  expect(read(address)).toEqual(draft);
});

test('an address that makes no sense is an empty form', () => {
  expect(read('/tasks/new?type=rm&params={&time_limit=x&agent_id=a')).toMatchObject({ type: 'shell', params: {}, agent: 'a' });
});
