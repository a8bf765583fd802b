import { expect, test } from 'vitest';
import { creationOf, isTenantId, newTenant, updateOf } from './tenantForm';

test.each([['acme', true], ['Acme_2-x', true], ['', false], ['a b', false], ['~', false], ['a'.repeat(64), false]])('%s may be an id: %s', (id, may) => {
  expect(isTenantId(id)).toBe(may);
});

test('what is left empty is no limit', () => {
  expect(creationOf({ ...newTenant, id: ' acme ', agents: 0 })).toEqual({
    id: 'acme', name: null, description: '', enabled: true, quotas: { agents: 0, queries_per_month: null }, agent_url: null,
  });
});

test('a tenant without a name is called by its id', () => {
  expect(updateOf({ ...newTenant, id: 'acme', queries: 100 })).toMatchObject({ name: 'acme', quotas: { agents: null, queries_per_month: 100 } });
});
