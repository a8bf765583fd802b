import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldText, fieldValue, type ParamField } from './fields';
import { paramAt, type Params, withParam } from './taskDraft';
import { useNewTaskText } from './text';

interface Props {
  field: ParamField;
  params: Params;
  onChange: (params: Params) => void;
}

/** One parameter of a task. */
export function ParamInput({ field, params, onChange }: Props) {
  const say = useNewTaskText();
  const value = paramAt(params, field.path);
  const change = (next: unknown) => onChange(withParam(params, field.path, next));
  const looks = { label: say(field.label), ...(field.how && { description: say(field.how) }), ...(field.required && { required: true }) };
  switch (field.kind) {
    case 'check':
      return (
        <Checkbox
          {...looks} checked={typeof value === 'boolean' ? value : (field.usual ?? false)}
          onChange={(event) => change(event.currentTarget.checked === field.usual ? undefined : event.currentTarget.checked)}
        />
      );
    case 'choice':
      return <Choice field={field} value={fieldText('choice', value)} looks={looks} onChange={change} />;
    case 'number':
      return <NumberInput {...looks} min={0} allowDecimal={false} value={typeof value === 'number' ? value : ''} onChange={(next) => change(next === '' ? undefined : Number(next))} />;
    case 'text':
      return <TextInput {...looks} spellCheck={false} autoComplete="off" value={fieldText('text', value)} onChange={(event) => change(event.currentTarget.value || undefined)} />;
    default:
      return <Lines field={field} value={value} looks={looks} onChange={change} />;
  }
}

type Looks = { label: string; description?: string; required?: boolean };

function Choice({ field, value, looks, onChange }: { field: ParamField; value: string; looks: Looks; onChange: (value: unknown) => void }) {
  const say = useNewTaskText();
  const label = (one: string) => (one === 'true' ? say('yes') : one === 'false' ? say('no') : one);
  return (
    <Select
      {...looks} clearable data={field.choices!.map((one) => ({ value: one, label: label(one) }))} value={value || null}
      onChange={(next) => onChange(fieldValue(field, next ?? ''))}
    />
  );
}

/** What is typed stays as it is typed, also while it says nothing yet. */
function Lines({ field, value, looks, onChange }: { field: ParamField; value: unknown; looks: Looks; onChange: (value: unknown) => void }) {
  const [typed, setTyped] = useState(() => fieldText(field.kind, value));
  return (
    <Textarea
      {...looks} autosize minRows={2} maxRows={12} spellCheck={false} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(fieldValue(field, event.currentTarget.value));
      }}
    />
  );
}
