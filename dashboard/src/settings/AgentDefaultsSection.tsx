import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { AgentSettings } from '../api/schema';
import { Section } from '../lists/Section';
import { Answered } from '../lists/states';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { AgentSettingsForm } from './AgentSettingsForm';
import { useSettingsText } from './text';

/** What all agents of the tenant measure, unless they have settings of their own. */
export function AgentDefaultsSection() {
  const say = useSettingsText();
  const may = useMay();
  const query = useQuery({ queryKey: ['agent-defaults'], queryFn: () => bodyOf(api.GET('/api/v1/settings')) });
  const save = useAct((body: AgentSettings) => bodyOf(api.PUT('/api/v1/settings', { body })), ['agent-defaults'], say('saved'));
  return (
    <Section title={say('agentDefaults')} about={say('defaultsAbout')}>
      <Answered query={query}>
        {(settings) => (
          <AgentSettingsForm
            key={settings.revision} settings={settings} readOnly={!may('agent_settings_manage')} busy={save.isPending} onSave={(changed) => save.mutate(changed)}
          />
        )}
      </Answered>
    </Section>
  );
}
