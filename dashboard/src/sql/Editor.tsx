import { Input } from '@mantine/core';
import { type KeyboardEvent, type Ref, useId, useRef } from 'react';
import { useSqlText } from './text';
import './sql.css';

interface Props {
  value: string;
  onChange: (sql: string) => void;
  onRun: () => void;
  invalid: boolean;
  describedBy: string;
  field: Ref<HTMLTextAreaElement>;
}

/** A text of SQL with the numbers of its lines. */
export function Editor({ value, onChange, onRun, invalid, describedBy, field }: Props) {
  const say = useSqlText();
  const numbers = useRef<HTMLPreElement>(null);
  const [name, how] = [useId(), useId()];
  const lines = value.split('\n').length;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  };
  return (
    <div>
      <Input.Label htmlFor={name}>{say('statement')}</Input.Label>
      <Input.Description id={how}>{say('editorHow')}</Input.Description>
      <div className="sql-editor" data-invalid={invalid || undefined}>
        <pre ref={numbers} aria-hidden>{Array.from({ length: lines }, (_, index) => index + 1).join('\n')}</pre>
        <textarea
          id={name} ref={field} value={value} rows={8} wrap="off" spellCheck={false} autoCapitalize="off" autoComplete="off" maxLength={65_536}
          aria-describedby={`${how} ${describedBy}`} aria-invalid={invalid}
          onChange={(event) => onChange(event.currentTarget.value)} onKeyDown={onKeyDown}
          onScroll={(event) => { if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop; }}
        />
      </div>
    </div>
  );
}
