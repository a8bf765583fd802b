import { Checkbox, Fieldset, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { type TaskDraft, usualTimeLimit } from './taskDraft';
import { useNewTaskText } from './text';

/** How long, how urgently and how often a task is tried. */
export function RunFields({ draft, onChange }: { draft: TaskDraft; onChange: (changes: Partial<TaskDraft>) => void }) {
  const say = useNewTaskText();
  const whole = { min: 0, allowDecimal: false, allowNegative: false };
  return (
    <Fieldset legend={say('how')}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <NumberInput label={say('timeLimit')} description={say('timeLimitHow', { seconds: usualTimeLimit(draft.type) })} {...whole} max={86_400} value={draft.timeLimit} onChange={(timeLimit) => onChange({ timeLimit })} />
          <NumberInput label={say('wait')} description={say('waitHow')} {...whole} max={604_800} value={draft.wait} onChange={(wait) => onChange({ wait })} />
          <NumberInput label={say('priority')} description={say('priorityHow')} {...whole} max={10} value={draft.priority} onChange={(priority) => onChange({ priority })} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput label={say('retries')} description={say('retriesHow')} {...whole} value={draft.retries} onChange={(retries) => onChange({ retries })} />
          <NumberInput label={say('retrySeconds')} description=" " {...whole} value={draft.retrySeconds} onChange={(retrySeconds) => onChange({ retrySeconds })} />
        </SimpleGrid>
        <Checkbox label={say('idempotent')} checked={draft.idempotent} onChange={(event) => onChange({ idempotent: event.currentTarget.checked })} />
      </Stack>
    </Fieldset>
  );
}
