import { expect, test } from 'vitest';
import { draftOf, emptyTask, fanoutOf, isWhole, paramAt, taskOf, unknownMembers, withParam } from './taskDraft';

test.each([
  [{ agent_id: 'db1', type: 'shell', command: 'uname -a' }],
  [{ agent_id: 'db1', type: 'mysql', command: 'SELECT 1', params: { connection: 'shop', exec_options: { backup: false } }, file_id: 'f', time_limit: 5, wait: 0, priority: 10, retries: 2, retry_seconds: 30, idempotent: true }],
])('a task is sent as it was taken: %j', (body) => {
  expect(taskOf(draftOf(body))).toEqual(body);
});

test.each([
  [{ agents: ['web-*'], type: 'shell', command: 'id', batch_size: 10, pause: 5, max_failure_ratio: 0.1 }],
  [{ labels: { role: 'db' }, type: 'shell', command: 'id', batch_size: '25%' }],
])('a fan-out is sent as it was taken: %j', (body) => {
  expect(draftOf(body).many).toBe(true);
  expect(fanoutOf(draftOf(body))).toEqual(body);
});

test('what has another type than it must have is as if it were not there', () => {
  expect(draftOf({ agent_id: 7, type: 'no', params: 'x', labels: 3, agents: 'a', time_limit: 'soon' }))
    .toEqual({ ...emptyTask, many: true });
  expect(draftOf({ command: { operation: 'search' } }).command).toBe('{\n  "operation": "search"\n}');
});

test('params are changed in their depth, and empty ones are gone', () => {
  const one = withParam({}, 'exec_options.sleep_ms', 5);
  expect(one).toEqual({ exec_options: { sleep_ms: 5 } });
  const two = withParam(one, 'connection', 'shop');
  expect(paramAt(two, 'exec_options.sleep_ms')).toBe(5);
  expect(paramAt(two, 'exec_options.sleep_ms.no')).toBeUndefined();
  expect(withParam(two, 'exec_options.sleep_ms', undefined)).toEqual({ connection: 'shop' });
  expect(withParam({ body: {} }, 'body', {})).toEqual({ body: {} });
});

test.each([
  [{ type: 'shell', command: 'id' }, true],
  [{ type: 'shell', params: { args: ['id'] } }, true],
  [{ type: 'shell', params: { args: [] } }, false],
  [{ type: 'mysql', file_id: 'f' }, true],
  [{ type: 'api', command: 'GET' }, false],
  [{ type: 'api', params: { url: 'https://a' } }, true],
  [{ type: 'file', file_id: 'f' }, false],
  [{ type: 'file', params: { path: '/a' } }, true],
])('%j is enough to ask an agent: %s', (body, whole) => {
  expect(isWhole(draftOf(body))).toBe(whole);
});

test('members that the form does not have are named', () => {
  expect(unknownMembers({ agent_id: 'a', sync: true, comand: 'x' })).toEqual(['sync', 'comand']);
});
