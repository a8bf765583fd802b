import { Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Values with their names. */
export function Facts({ children }: { children: ReactNode }) {
  return <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">{children}</SimpleGrid>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">{name}</Text>
      <Group component="dd" m={0} gap={6} fz="sm" className="wrap">{children}</Group>
    </div>
  );
}
