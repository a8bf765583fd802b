import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderAs } from '../app/rendering';
import { NoAgents } from './NoAgents';

const { ask } = vi.hoisted(() => ({ ask: vi.fn() }));
vi.mock('../api/client', () => ({ api: { GET: ask }, bodyOf: async (answer: Promise<{ data: unknown }>) => (await answer).data }));
beforeEach(() => ask.mockReset());
afterEach(cleanup);

test('an admin is told how to enrol the first agent', async () => {
  ask.mockResolvedValue({ data: { available: true, command: 'curl … | sh' } });
  renderAs(['agents_read', 'tenant_credentials_manage'], <NoAgents />);
  expect((await screen.findByText('curl … | sh')).tagName).toBe('PRE');
  expect(screen.getByRole('link', { name: 'To enrolment' }).getAttribute('href')).toBe('/settings/enrolment');
});

test('a centre without the program has no command to give', async () => {
  ask.mockResolvedValue({ data: { available: false, command: 'curl … | sh' } });
  renderAs(['agents_read', 'tenant_credentials_manage'], <NoAgents />);
  await vi.waitFor(() => expect(ask).toHaveBeenCalled());
  expect(screen.queryByText('curl … | sh')).toBeNull();
});

test('a viewer is told whom to ask', () => {
  renderAs(['agents_read'], <NoAgents />);
  expect(screen.getByText('Ask an admin of your tenant to enrol one.')).toBeTruthy();
  expect(ask).not.toHaveBeenCalled();
});
