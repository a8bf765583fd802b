import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A part of a page with its heading, what it is about, and what can be done in it. */
export function Section({ title, about, actions, children }: { title: string; about?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const heading = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={heading}>
      <Group justify="space-between" mb={about ? 0 : 'sm'}>
        <Title order={2} size="h4" id={heading}>{title}</Title>
        {actions}
      </Group>
      {about && <Text c="dimmed" size="sm" mb="sm" component="div">{about}</Text>}
      {children}
    </Paper>
  );
}
