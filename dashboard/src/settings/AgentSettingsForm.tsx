import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, Table, Text, TextInput, Title, VisuallyHidden } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { AgentSettings } from '../api/schema';
import { useCommon } from '../language/common';
import { useSettingsText } from './text';

interface Props {
  settings: AgentSettings;
  readOnly: boolean;
  busy: boolean;
  onSave: (settings: AgentSettings) => void;
}

interface Fields {
  heartbeat: number | string;
  report: number | string;
  top: number | string;
  collectors: { name: string; enabled: boolean; interval: number | string }[];
}

/** What agents measure and how often: the tenant's defaults, or one agent's own settings. */
export function AgentSettingsForm({ settings, readOnly, busy, onSave }: Props) {
  const say = useSettingsText();
  const common = useCommon();
  const form = useForm<Fields>({ initialValues: fieldsOf(settings) });
  return (
    <form onSubmit={form.onSubmit((values) => onSave(settingsOf(values)))}>
      <Stack align="flex-start">
        <SimpleGrid cols={{ base: 1, sm: 3 }} w="100%">
          <NumberInput label={say('heartbeat')} description={say('heartbeatHow')} min={1} max={300} allowDecimal={false} readOnly={readOnly} {...form.getInputProps('heartbeat')} />
          <NumberInput label={say('report')} description={say('reportHow')} min={1} max={300} allowDecimal={false} readOnly={readOnly} {...form.getInputProps('report')} />
          <NumberInput label={say('processTop')} description={say('processTopHow')} min={1} max={50} allowDecimal={false} readOnly={readOnly} {...form.getInputProps('top')} />
        </SimpleGrid>
        <div>
          <Title order={3} size="h5">{say('collectors')}</Title>
          <Text size="sm" c="dimmed">{say('collectorsHow')}</Text>
        </div>
        {form.values.collectors.length > 0 && <Collectors form={form} readOnly={readOnly} />}
        {!readOnly && (
          <Group>
            <Button size="xs" variant="default" onClick={() => form.insertListItem('collectors', { name: '', enabled: true, interval: '' })}>{say('addCollector')}</Button>
            <Button type="submit" size="xs" loading={busy} disabled={!form.isDirty()}>{common('save')}</Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function Collectors({ form, readOnly }: { form: ReturnType<typeof useForm<Fields>>; readOnly: boolean }) {
  const say = useSettingsText();
  return (
    <Table.ScrollContainer minWidth={420} w="100%" scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('collectors'), role: 'group' } }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('collector')}</Table.Th><Table.Th>{say('runs')}</Table.Th><Table.Th>{say('interval')}</Table.Th>
            <Table.Th><VisuallyHidden>{say('remove')}</VisuallyHidden></Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {form.values.collectors.map((_, index) => (
            <Table.Tr key={index}>
              <Table.Td><TextInput aria-label={say('collector')} required readOnly={readOnly} {...form.getInputProps(`collectors.${index}.name`)} /></Table.Td>
              <Table.Td><Switch aria-label={say('runs')} disabled={readOnly} {...form.getInputProps(`collectors.${index}.enabled`, { type: 'checkbox' })} /></Table.Td>
              <Table.Td><NumberInput aria-label={say('interval')} min={1} max={300} allowDecimal={false} w={110} readOnly={readOnly} {...form.getInputProps(`collectors.${index}.interval`)} /></Table.Td>
              <Table.Td>{!readOnly && <Button size="compact-xs" variant="default" onClick={() => form.removeListItem('collectors', index)}>{say('remove')}</Button>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function fieldsOf(settings: AgentSettings): Fields {
  return {
    heartbeat: settings.heartbeat_seconds ?? '',
    report: settings.report_seconds ?? '',
    top: settings.process_top ?? '',
    collectors: (settings.collectors ?? []).map(({ name, enabled, interval_seconds: interval }) => ({ name, enabled: enabled ?? true, interval: interval ?? '' })),
  };
}

function settingsOf({ heartbeat, report, top, collectors }: Fields): AgentSettings {
  const number = (value: number | string) => (value === '' ? null : Number(value));
  return {
    heartbeat_seconds: number(heartbeat),
    report_seconds: number(report),
    process_top: number(top),
    collectors: collectors.map(({ name, enabled, interval }) => ({ name: name.trim(), enabled, interval_seconds: number(interval) })),
  };
}
