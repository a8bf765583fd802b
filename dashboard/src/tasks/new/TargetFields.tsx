import { Fieldset, NumberInput, SegmentedControl, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { AgentPicker } from '../../lists/AgentPicker';
import { LabelsInput } from '../../lists/LabelsInput';
import type { TaskDraft } from './taskDraft';
import { useNewTaskText } from './text';

/** Whom a task is for. */
export function TargetFields({ draft, onChange }: { draft: TaskDraft; onChange: (changes: Partial<TaskDraft>) => void }) {
  const say = useNewTaskText();
  return (
    <Fieldset legend={say('target')}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={say('target')} value={draft.many ? 'many' : 'one'} onChange={(way) => onChange({ many: way === 'many' })}
          data={[{ value: 'one', label: say('one') }, { value: 'many', label: say('many') }]}
        />
        {draft.many ? (
          <>
            <TagsInput label={say('agents')} description={say('agentsHow')} splitChars={[',', ' ']} value={draft.agents} onChange={(agents) => onChange({ agents })} />
            <LabelsInput label={say('labels')} description={say('labelsHow')} value={draft.labels} onChange={(labels) => onChange({ labels })} />
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <TextInput label={say('batchSize')} description={say('batchHow')} value={draft.batchSize} onChange={(event) => onChange({ batchSize: event.currentTarget.value.trim() })} />
              <NumberInput label={say('pause')} description=" " min={0} max={3_600} value={draft.pause} onChange={(pause) => onChange({ pause })} />
              <NumberInput label={say('ratio')} description={say('ratioHow')} min={0} max={1} step={0.1} decimalScale={3} value={draft.maxFailureRatio} onChange={(maxFailureRatio) => onChange({ maxFailureRatio })} />
            </SimpleGrid>
          </>
        ) : <AgentPicker value={draft.agent} onChange={(agent) => onChange({ agent })} />}
      </Stack>
    </Fieldset>
  );
}
