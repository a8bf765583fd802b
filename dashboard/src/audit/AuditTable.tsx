import { Anchor, Button, Code, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AuditEntry } from '../api/schema';
import { formatNumber } from '../format/number';
import { formatTime } from '../format/time';
import { useCommon } from '../language/common';
import { type Column, DataTable } from '../lists/DataTable';
import { TimeText } from '../lists/TimeText';
import { useSession } from '../session/session';
import { targetLink, taskLink } from './links';
import { useAuditText } from './text';

/** Entries of the audit; each opens with all that is known of it. */
export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const say = useAuditText();
  const common = useCommon();
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const columns: Column<AuditEntry>[] = [
    { key: 'at', title: common('time'), cell: (entry) => <TimeText at={entry.at} /> },
    { key: 'actor', title: say('actor'), cell: (entry) => entry.actor },
    { key: 'action', title: say('action'), cell: (entry) => <Text size="sm" ff="monospace">{entry.action}</Text> },
    { key: 'target', title: say('target'), cell: (entry) => <Target entry={entry} /> },
    { key: 'outcome', title: say('outcome'), cell: (entry) => <Text size="sm" fw={entry.outcome === 'ok' ? undefined : 700}>{entry.outcome}</Text> },
    { key: 'detail', title: say('detail'), cell: (entry) => <Text size="xs" ff="monospace" lineClamp={1} className="wrap">{entry.detail ?? ''}</Text>, wide: true },
    {
      key: 'more', title: common('actions'),
      cell: (entry) => <Button size="compact-xs" variant="default" aria-label={say('more', { action: entry.action })} onClick={() => setOpened(entry)}>{common('details')}</Button>,
    },
  ];
  return (
    <>
      <DataTable label={say('entries')} columns={columns} rows={entries} rowKey={(entry) => JSON.stringify(entry)} />
      <Modal size="lg" opened={opened !== null} onClose={() => setOpened(null)} title={opened?.action} closeButtonProps={{ 'aria-label': common('close') }}>
        {opened && <Details entry={opened} />}
      </Modal>
    </>
  );
}

function Target({ entry }: { entry: AuditEntry }) {
  const link = targetLink(entry, useSession().role === 'platform');
  return link === null ? <Text size="sm" className="wrap">{entry.target}</Text> : <Anchor component={Link} to={link} size="sm" className="wrap">{entry.target}</Anchor>;
}

function Details({ entry }: { entry: AuditEntry }) {
  const say = useAuditText();
  const common = useCommon();
  const facts: [string, string | null][] = [
    [common('time'), formatTime(entry.at)], [say('tenant'), entry.tenant || null], [say('actor'), entry.actor], [say('target'), entry.target || null],
    [say('outcome'), entry.outcome], [say('address'), entry.ip ?? null], [say('took'), typeof entry.ms === 'number' ? `${formatNumber(entry.ms)} ms` : null],
  ];
  return (
    <Stack gap="xs">
      <DataTable
        label={common('details')} rows={facts} rowKey={([name]) => name}
        columns={[{ key: 'name', title: common('name'), cell: ([name]) => name }, { key: 'value', title: common('value'), cell: ([, value]) => value ?? '–' }]}
      />
      {entry.task && <Anchor component={Link} to={taskLink({ action: entry.action, task: entry.task })} size="sm">{say('task')}: {entry.task}</Anchor>}
      {entry.detail && <Code block className="wrap" style={{ whiteSpace: 'pre-wrap' }} aria-label={say('detail')}>{entry.detail}</Code>}
    </Stack>
  );
}
