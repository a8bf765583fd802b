import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { queryClient } from '../api/queries';
import type { SessionView } from '../api/schema';
import { setLanguage } from '../language/language';
import { beginSession } from '../session/session';
import { Decide } from './Decide';

const task = {
  id: 't1', created_by: 'user:ann',
  approval: { state: 'waiting' as const, rule: 'production', until: '2026-01-01T00:30:00Z', by: null, at: null, note: null },
};

function show(name: string, permissions: string[], subject: Parameters<typeof Decide>[0]['subject'] = task) {
  beginSession({ tenant: 'acme', tenant_name: 'Acme', name, display_name: name, role: 'operator', kind: 'user', permissions, csrf_token: 'proof' } as SessionView);
  render(
    <MantineProvider env="test"><QueryClientProvider client={queryClient}><Decide subject={subject} kind="task" /></QueryClientProvider></MantineProvider>,
  );
}

beforeEach(() => setLanguage('en'));
afterEach(cleanup);

test('who asked for it is told that it takes another', () => {
  show('ann', ['tasks_approve']);
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByText(/somebody else must decide/)).toBeTruthy();
});

test('who may not approve is offered nothing, and nobody once it is decided', () => {
  show('vic', ['tasks_read']);
  show('bob', ['tasks_approve'], { ...task, approval: { ...task.approval, state: 'approved' } });
  expect(screen.queryByRole('button')).toBeNull();
});

test('a colleague decides', () => {
  show('bob', ['tasks_approve']);
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Approve', 'Reject']);
});
