import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import type { AgentSettings, AgentView, CollectorConfig, LinkConfig } from '../api/schema';
import { formatSeconds } from '../format/number';
import { DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered } from '../lists/states';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { AgentSettingsForm } from '../settings/AgentSettingsForm';
import { Fact, Facts } from './Facts';
import { RemoveAgent } from './RemoveAgent';
import { useAgentText } from './text';

/** What the agent is told to measure, and its end. */
export function SettingsTab({ agent: { name: agent } }: { agent: AgentView }) {
  const say = useAgentText();
  const may = useMay();
  const query = useQuery({ queryKey: ['agent-settings', agent], queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/settings', { params: { path: { agent } } })) });
  const save = useAct(
    (body: AgentSettings) => bodyOf(api.PUT('/api/v1/agents/{agent}/settings', { params: { path: { agent } }, body })), ['agent-settings'], say('saved'),
  );
  return (
    <Stack>
      <Answered query={query}>
        {({ settings, config }) => (
          <>
            <Section title={say('own')} about={say('ownAbout')}>
              <AgentSettingsForm
                key={settings.revision} settings={settings} readOnly={!may('agent_settings_manage')} busy={save.isPending}
                onSave={(changed) => save.mutate(changed)}
              />
            </Section>
            <InForce config={config} />
          </>
        )}
      </Answered>
      {may('agents_manage') && <RemoveAgent agent={agent} />}
    </Stack>
  );
}

function InForce({ config: { heartbeat_seconds: heartbeat, report_seconds: report, metrics } }: { config: LinkConfig }) {
  const say = useAgentText();
  const collectors = metrics?.collectors ?? [];
  return (
    <Section title={say('effective')} about={say('effectiveAbout')}>
      <Facts>
        <Fact name={say('heartbeat')}>{say('every', { time: formatSeconds(heartbeat) })}</Fact>
        <Fact name={say('report')}>{say('every', { time: formatSeconds(report) })}</Fact>
        <Fact name={say('top')}>{metrics?.process_top ?? say('builtIn')}</Fact>
        <Fact name={say('revision')}>{metrics?.revision ?? '–'}</Fact>
      </Facts>
      {collectors.length === 0 ? <Text size="sm" c="dimmed" mt="sm">{say('collectors')}: {say('builtIn')}</Text> : (
        <DataTable<CollectorConfig>
          label={say('collectors')} rows={collectors} rowKey={(one) => one.name}
          columns={[
            { key: 'name', title: say('collectors'), cell: (one) => one.name },
            { key: 'enabled', title: say('runs'), cell: (one) => say(one.enabled === false ? 'off' : 'on') },
            { key: 'interval', title: say('interval'), cell: (one) => (one.interval_seconds ? say('every', { time: formatSeconds(one.interval_seconds) }) : say('builtIn')) },
          ]}
        />
      )}
    </Section>
  );
}
