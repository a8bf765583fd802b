import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderAs } from '../app/rendering';
import { RemoveAgent } from './RemoveAgent';

const { remove } = vi.hoisted(() => ({ remove: vi.fn() }));
vi.mock('../api/client', () => ({ api: { DELETE: remove } }));
beforeEach(() => remove.mockReset().mockResolvedValue({}));
afterEach(cleanup);

const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Remove this agent' });
const type = (text: string) => fireEvent.change(screen.getByLabelText('Type db-1 to confirm'), { target: { value: text } });

test('only once its name is typed', async () => {
  renderAs(['agents_manage'], <RemoveAgent agent="db-1" />);
  type('db-');
  expect(button().disabled).toBe(true);
  fireEvent.submit(button().form!);
  expect(remove).not.toHaveBeenCalled();
  type('db-1');
  fireEvent.submit(button().form!);
  await waitFor(() => expect(remove).toHaveBeenCalledWith('/api/v1/agents/{agent}', { params: { path: { agent: 'db-1' }, query: {} } }));
});

test('with what it measured, for who may delete that', async () => {
  renderAs(['agents_manage', 'metrics_manage'], <RemoveAgent agent="db-1" />);
  fireEvent.click(screen.getByLabelText('Delete what it measured, too'));
  type('db-1');
  fireEvent.submit(button().form!);
  await waitFor(() => expect(remove).toHaveBeenCalledWith('/api/v1/agents/{agent}', { params: { path: { agent: 'db-1' }, query: { metrics: 'delete' } } }));
});

test('who may not delete metrics is not asked', () => {
  renderAs(['agents_manage'], <RemoveAgent agent="db-1" />);
  expect(screen.queryByRole('checkbox')).toBeNull();
});
