import { expect, test } from 'vitest';
import { targetLink, taskLink } from './links';

test.each([
  ['sql.run', 'db 1', '/agents/db%201'],
  ['agent.configure', 'demo', '/agents/demo'],
  ['agent.revoke', 'demo', null],
  ['diagnosis.run', 'demo', '/diagnosis?agent=demo'],
  ['user.create', 'li', '/settings/users'],
  ['task.settings', 'demo', '/settings/tasks'],
  ['tenant.configure_agents', 'demo', '/settings/agents'],
  ['tenant.update', 'demo', null],
  ['agent.configure', '', null],
  ['something.new', 'x', null],
  ['constructor', 'x', null],
])('%s on %s leads a tenant’s admin to %s', (action, target, link) => {
  expect(targetLink({ action, target }, false)).toBe(link);
});

test.each([['tenant.update', 'acme', '/platform/acme'], ['user.create', 'root', null], ['sql.run', 'demo', null]])('%s on %s leads the platform to %s', (action, target, link) => {
  expect(targetLink({ action, target }, true)).toBe(link);
});

test('a fan-out is no task', () => {
  expect(taskLink({ action: 'fanout.cancel', task: 'f1' })).toBe('/fanouts/f1');
  expect(taskLink({ action: 'task.create', task: 't1' })).toBe('/tasks/t1');
});
