import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { messageOf } from '../../api/problem';
import { draftOf, fanoutOf, isObject, type TaskDraft, taskOf, unknownMembers } from './taskDraft';
import { useNewTaskText } from './text';

/** What is sent, as JSON; what is changed here stands in the form, too. */
export function BodyJson({ draft, onChange }: { draft: TaskDraft; onChange: (draft: TaskDraft) => void }) {
  const say = useNewTaskText();
  const [text, setText] = useState(() => JSON.stringify(draft.many ? fanoutOf(draft) : taskOf(draft), null, 2));
  const [fault, setFault] = useState<string>();
  const change = (typed: string) => {
    setText(typed);
    try {
      const body: unknown = JSON.parse(typed);
      if (!isObject(body)) throw new TypeError(typeof body);
      const next = draftOf(body);
      onChange({ ...next, many: next.many || (draft.many && next.agent === '') });
      const unknown = unknownMembers(body);
      setFault(unknown.length === 0 ? undefined : say('jsonUnknown', { names: unknown.join(', ') }));
    } catch (failure) {
      setFault(say('jsonBad', { why: messageOf(failure) }));
    }
  };
  return (
    <Textarea
      label={say('json')} autosize minRows={16} maxRows={40} spellCheck={false} error={fault} value={text}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
