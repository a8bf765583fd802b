import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { AuditEntry } from '../api/schema';
import { separated } from '../format/separated';
import { timeZone } from '../format/time';
import { useCommon } from '../language/common';
import { Pager } from '../lists/Pager';
import { saveText } from '../lists/saveText';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import { filterNames } from './filters';
import { useAuditText } from './text';

/** Who did what, and what was refused: a tenant's, or the platform's own. */
export default function AuditPage() {
  const say = useAuditText();
  const common = useCommon();
  const { get } = useAddress();
  const filters = Object.fromEntries([...filterNames, 'after'].map((name) => [name, get(name)]).filter(([, value]) => value !== ''));
  const query = useQuery({
    queryKey: ['audit', filters],
    queryFn: () => bodyOf(api.GET('/api/v1/audit', { params: { query: { ...filters, limit: 50 } } })),
  });
  const entries = query.data?.entries ?? [];
  return (
    <Stack>
      <PageHead title={common('audit')}>
        <Button size="xs" variant="default" onClick={() => void query.refetch()} loading={query.isFetching}>{common('refresh')}</Button>
        {entries.length > 0 && <Button size="xs" variant="default" onClick={() => saveText('audit.csv', csvOf(entries), 'text/csv')}>{say('csv')}</Button>}
      </PageHead>
      <Text size="sm" c="dimmed">{say('about', { zone: timeZone() })}</Text>
      <AuditFilters key={JSON.stringify(filters)} />
      <Answered query={query}>
        {(page) => page.entries.length === 0 ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState> : (
          <>
            <AuditTable entries={page.entries} />
            <Pager next={page.next} />
          </>
        )}
      </Answered>
    </Stack>
  );
}

const columns = ['at', 'tenant', 'actor', 'action', 'target', 'outcome', 'detail', 'task', 'ip', 'ms'] as const;

/** The entries as they came, times in UTC. */
function csvOf(entries: AuditEntry[]): string {
  return separated([...columns], entries.map((entry) => columns.map((column) => (entry[column] ?? null) === null ? null : String(entry[column]))), ',');
}
