import { Alert, Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isUnreachable, messageOf, Problem } from '../api/problem';
import { useCommon } from '../language/common';

/** While the first answer is awaited. */
export function Loading() {
  const say = useCommon();
  return (
    <Center mih={160} role="status" data-loading>
      <Group gap="sm">
        <Loader size="sm" />
        <Text c="dimmed">{say('loading')}</Text>
      </Group>
    </Center>
  );
}

/** There is nothing, and what to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Center mih={160} p="md">
      <Stack gap="xs" align="center" maw={560}>
        <Text fw={600}>{title}</Text>
        {children && <Text c="dimmed" ta="center" component="div">{children}</Text>}
        {action}
      </Stack>
    </Center>
  );
}

/** What went wrong, in the centre's own words, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const say = useCommon();
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={isUnreachable(error) ? say('centreGone') : say('failed')} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{messageOf(error)}</Text>
        {error instanceof Problem && <Text size="xs">{say('failedHow', { code: error.code })}</Text>}
        {onRetry && <Button size="xs" variant="default" onClick={onRetry}>{say('retry')}</Button>}
      </Stack>
    </Alert>
  );
}

interface Answer<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** Shows an answer once it is there; before that, that it is awaited or why it didn't come. A later failure leaves what is known. */
export function Answered<T>({ query, children }: { query: Answer<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error !== null && query.error !== undefined && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  return query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Loading />;
}

/** The head of a page: its title, and what can be done on it. */
export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <Group justify="space-between" mb="md" gap="sm">
      <Title order={1} size="h2">{title}</Title>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
