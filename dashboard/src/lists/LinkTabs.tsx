import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';

/** Links between the pages of one room; the present one is marked. */
export function LinkTabs({ label, tabs }: { label: string; tabs: { to: string; text: ReactNode; end?: boolean }[] }) {
  return (
    <Group component="nav" aria-label={label} gap={4} mb="md">
      {tabs.map(({ to, text, end }) => (
        <NavLink key={to} to={to} end={end ?? false} style={{ textDecoration: 'none' }}>
          {({ isActive }) => <Button component="span" size="xs" variant={isActive ? 'filled' : 'default'}>{text}</Button>}
        </NavLink>
      ))}
    </Group>
  );
}
