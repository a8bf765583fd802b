import { Fieldset, SegmentedControl, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { FilePicker } from '../../files/FilePicker';
import { useCommon } from '../../language/common';
import { sqlTypes, type TaskType, taskTypes } from '../taskTypes';
import { fieldsOf, type ParamField, takesFile } from './fields';
import { ParamInput } from './ParamInput';
import { type TaskDraft, withParam } from './taskDraft';
import { useNewTaskText } from './text';
import { useCapabilities } from './useCapabilities';

interface Props {
  draft: TaskDraft;
  onChange: (changes: Partial<TaskDraft>) => void;
}

/** What an agent is to do, by type. */
export function WorkFields({ draft, onChange }: Props) {
  const say = useNewTaskText();
  const common = useCommon();
  const able = useCapabilities(draft.many ? '' : draft.agent);
  const label = (type: TaskType) => (able && !able.includes(type) ? `${type} (${say('disabled')})` : type);
  return (
    <Fieldset legend={say('what')}>
      <Stack gap="sm">
        <Select
          label={common('type')} allowDeselect={false} value={draft.type} data={taskTypes.map((value) => ({ value, label: label(value) }))}
          onChange={(type) => type && onChange({ type: type as TaskType, params: {}, command: type === 'api' ? 'GET' : '' })}
        />
        {takesFile(draft.type) && draft.params.operation !== 'fetch' && <FilePicker value={draft.fileId} onChange={(fileId) => onChange({ fileId })} />}
        {draft.fileId !== '' && draft.type !== 'file' && <Text size="sm" c="dimmed">{say('fileContent')}</Text>}
        <Command key={draft.type} draft={draft} onChange={onChange} />
        <Parameters key={`params ${draft.type}`} draft={draft} onChange={onChange} />
      </Stack>
    </Fieldset>
  );
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function Command({ draft, onChange }: Props) {
  const say = useNewTaskText();
  const { type } = draft;
  if (type === 'file') return null;
  if (type === 'api') return <Select label={say('method')} allowDeselect={false} data={methods} value={draft.command || 'GET'} onChange={(command) => command && onChange({ command })} />;
  if (type === 'shell') return <ShellCommand draft={draft} onChange={onChange} />;
  const label = sqlTypes.includes(type) ? say('sql') : type === 'k8s' ? say('manifests') : type === 'mongo' ? say('operations') : say('operation_');
  return <CommandText label={label} draft={draft} onChange={onChange} />;
}

function CommandText({ label, how, draft, onChange }: Props & { label: string; how?: string }) {
  return (
    <Textarea
      label={label} description={how} autosize minRows={draft.type === 'shell' ? 2 : 6} maxRows={24} spellCheck={false} value={draft.command}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => onChange({ command: event.currentTarget.value })}
    />
  );
}

/** A command as one line, or its words one by one. */
function ShellCommand({ draft, onChange }: Props) {
  const say = useNewTaskText();
  const vector = Array.isArray(draft.params.args);
  const args: ParamField = { path: 'args', label: 'args', how: 'argsHow', kind: 'lines' };
  const become = (mode: string) => onChange(mode === 'vector'
    ? { command: '', params: withParam(draft.params, 'args', draft.command.split(/\s+/).filter((word) => word !== '')) }
    : { command: Array.isArray(draft.params.args) ? draft.params.args.join(' ') : '', params: withParam(draft.params, 'args', undefined) });
  return (
    <>
      <SegmentedControl aria-label={say('shellMode')} value={vector ? 'vector' : 'line'} onChange={become} data={[{ value: 'line', label: say('commandLine') }, { value: 'vector', label: say('vector') }]} />
      {vector
        ? <ParamInput field={args} params={draft.params} onChange={(params) => onChange({ params: 'args' in params ? params : { ...params, args: [] } })} />
        : <CommandText label={say('command')} how={say('commandHow')} draft={draft} onChange={onChange} />}
    </>
  );
}

function Parameters({ draft, onChange }: Props) {
  const say = useNewTaskText();
  const fields = fieldsOf(draft.type);
  const group = (name: ParamField['group']) => fields.filter((field) => field.group === name);
  const inputs = (some: ParamField[]) => (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {some.map((field) => <ParamInput key={field.path} field={field} params={draft.params} onChange={(params) => onChange({ params })} />)}
    </SimpleGrid>
  );
  return (
    <>
      {inputs(group(undefined))}
      {group('more').length > 0 && <details><summary><Text span size="sm">{say('more')}</Text></summary>{inputs(group('more'))}</details>}
      {group('target').length > 0 && (
        <details open={draft.params.target !== undefined}>
          <summary><Text span size="sm">{say('target_section')}</Text></summary>
          <Text size="xs" c="dimmed" my={4}>{say('targetHow')}</Text>
          {inputs(group('target'))}
        </details>
      )}
    </>
  );
}
