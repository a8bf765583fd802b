import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { api } from '../api/client';
import type { AlertView } from '../api/schema';
import { useCommon } from '../language/common';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { SilenceForm } from './SilenceForm';
import { useAlertsText } from './text';

/** What can be done about an alert that fires: take it on, keep it quiet. */
export function AlertActions({ alert }: { alert: AlertView }) {
  const may = useMay();
  if (alert.state !== 'firing') return null;
  return (
    <Group gap={4} wrap="nowrap">
      {may('alerts_acknowledge') && !alert.acknowledged && <Acknowledge alert={alert} />}
      {may('silences_manage') && !alert.silenced_by && <SilenceAlert alert={alert} />}
    </Group>
  );
}

function Acknowledge({ alert }: { alert: AlertView }) {
  const say = useAlertsText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  const [note, setNote] = useState('');
  const acknowledge = useAct(
    () => api.POST('/api/v1/alerts/{id}/acknowledge', { params: { path: { id: alert.id } }, body: { note: note || null } }),
    ['alerts'], say('acknowledgedDone'), close,
  );
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={show}>{say('acknowledge')}</Button>
      <Modal opened={open} onClose={close} title={`${say('acknowledge')}: ${alert.rule_name}`} closeButtonProps={{ 'aria-label': common('close') }}>
        <form onSubmit={(event) => { event.preventDefault(); acknowledge.mutate(undefined); }}>
          <Stack>
            <Text size="sm">{say('acknowledgeHow')}</Text>
            <Textarea label={common('note')} maxLength={1_000} autosize minRows={2} data-autofocus value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <Button type="submit" loading={acknowledge.isPending}>{say('acknowledge')}</Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

function SilenceAlert({ alert }: { alert: AlertView }) {
  const say = useAlertsText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={show}>{say('silence')}</Button>
      <Modal opened={open} onClose={close} title={`${say('silence')}: ${alert.rule_name}`} closeButtonProps={{ 'aria-label': common('close') }}>
        <SilenceForm initial={{ rule: alert.rule, agent: alert.agent, labels: alert.labels }} onDone={close} />
      </Modal>
    </>
  );
}
