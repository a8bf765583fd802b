import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import type { SessionView } from '../api/schema';
import { type Permission } from '../session/session';

/** Renders a piece of the page for a test, as someone with these rights sees it. */
export function renderAs(permissions: Permission[], piece: ReactNode, address = '/') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const session: SessionView = { tenant: 'acme', tenant_name: 'Acme', name: 'ann', display_name: 'Ann', role: 'viewer', kind: 'user', permissions };
  client.setQueryData(['session'], session);
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}><MemoryRouter initialEntries={[address]}>{piece}</MemoryRouter></QueryClientProvider>
    </MantineProvider>,
  );
}
