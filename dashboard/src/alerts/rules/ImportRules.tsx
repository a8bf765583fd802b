import { Badge, Button, FileInput, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { ImportAnswer, ImportedRule } from '../../api/schema';
import { useCommon } from '../../language/common';
import { DataTable } from '../../lists/DataTable';
import { ErrorState } from '../../lists/states';
import { useAct } from '../../lists/useAct';
import { useRulesText } from './text';

function send(text: string, dryRun: boolean): Promise<ImportAnswer> {
  return bodyOf(api.POST('/api/v1/rules/import', {
    params: { query: { dry_run: dryRun } }, body: text, bodySerializer: (body) => body, headers: { 'Content-Type': 'application/yaml' },
  }));
}

/** Takes rules of Prometheus; what would become of them is shown first. */
export function ImportRules() {
  const say = useRulesText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" variant="default" onClick={show}>{say('import')}</Button>
      <Modal opened={open} onClose={close} size="xl" title={say('importTitle')} closeButtonProps={{ 'aria-label': common('close') }}><ImportForm onDone={close} /></Modal>
    </>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const say = useRulesText();
  const [text, setText] = useState('');
  const attempt = useMutation({ mutationFn: (file: string) => send(file, true) });
  const take = useAct((file: string) => send(file, false), ['rules'], say('imported'), onDone);
  const change = (next: string) => {
    setText(next);
    attempt.reset();
  };
  const taken = attempt.data ? attempt.data.created + attempt.data.updated : 0;
  return (
    <Stack>
      <Text size="sm">{say('importHow')}</Text>
      <FileInput label={say('file')} accept=".yml,.yaml,.json" clearable onChange={(file) => void file?.text().then(change)} />
      <Textarea label={say('paste')} autosize minRows={4} maxRows={14} ff="monospace" spellCheck={false} value={text} onChange={(event) => change(event.currentTarget.value)} />
      {attempt.error && <ErrorState error={attempt.error} />}
      {attempt.data && <ImportTable rules={attempt.data.rules} />}
      <Group>
        <Button variant="default" disabled={text.trim() === ''} loading={attempt.isPending} onClick={() => attempt.mutate(text)}>{say('tryIt')}</Button>
        {taken > 0 && <Button loading={take.isPending} onClick={() => take.mutate(text)}>{say('doImport', { count: taken })}</Button>}
      </Group>
    </Stack>
  );
}

const outcomeColor = { created: 'green', updated: 'blue', refused: 'red' } as const;

function ImportTable({ rules }: { rules: ImportedRule[] }) {
  const say = useRulesText();
  return (
    <DataTable<ImportedRule>
      label={say('importTitle')} rows={rules} rowKey={(one) => `${one.group} ${one.alert} ${one.id ?? ''}`}
      columns={[
        { key: 'group', title: say('group_'), cell: (one) => one.group, wide: true },
        { key: 'rule', title: say('rule'), cell: (one) => one.alert },
        { key: 'outcome', title: say('outcome'), cell: (one) => <Badge variant="light" className="contrast" color={outcomeColor[one.outcome]}>{say(one.outcome)}</Badge> },
        { key: 'condition', title: say('condition'), cell: (one) => one.condition ?? one.reason ?? '–' },
        { key: 'notes', title: say('notes'), cell: (one) => one.notes?.join(' ') ?? '–' },
      ]}
    />
  );
}
