import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { Link, useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import type { AgentView } from '../api/schema';
import { useLiveValues } from '../api/useLive';
import { usePoll } from '../api/usePoll';
import { NotFound } from '../app/RouteError';
import { useCommon } from '../language/common';
import { StatusBadge } from '../lists/Badges';
import { LinkTabs } from '../lists/LinkTabs';
import { Answered, PageHead } from '../lists/states';
import { type Permission, useMay } from '../session/session';
import { AlertsTab } from './AlertsTab';
import { ContainersTab } from './ContainersTab';
import { DiagnosisTab } from './DiagnosisTab';
import { MetricsTab } from './MetricsTab';
import { OverviewTab } from './OverviewTab';
import { ProcessesTab } from './ProcessesTab';
import { SettingsTab } from './SettingsTab';
import { TasksTab } from './TasksTab';
import { useAgentText } from './text';
import { useContainers } from './useContainers';

const tabs: Record<string, { Tab: ComponentType<{ agent: AgentView }>; needs: Permission }> = {
  overview: { Tab: OverviewTab, needs: 'agents_read' },
  metrics: { Tab: MetricsTab, needs: 'metrics_read' },
  processes: { Tab: ProcessesTab, needs: 'metrics_read' },
  containers: { Tab: ContainersTab, needs: 'metrics_read' },
  tasks: { Tab: TasksTab, needs: 'tasks_read' },
  alerts: { Tab: AlertsTab, needs: 'alerts_read' },
  diagnosis: { Tab: DiagnosisTab, needs: 'diagnoses_read' },
  settings: { Tab: SettingsTab, needs: 'agent_settings_read' },
};

/** All about one agent. */
export default function AgentPage() {
  const { agent = '', tab = 'overview' } = useParams();
  const refetchInterval = usePoll();
  const query = useQuery({
    queryKey: ['agent', agent],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}', { params: { path: { agent } } })),
    refetchInterval,
  });
  const status = useLiveValues({ agents: [agent] }).statuses.get(agent);
  const shown = tabs[tab];
  if (!shown) return <NotFound />;
  return (
    <>
      <PageHead title={agent}>
        {query.data && <Elsewhere agent={query.data} />}
        {query.data && <StatusBadge status={status ?? query.data.status} />}
      </PageHead>
      <Answered query={query}>
        {(view) => (
          <>
            <Tabs agent={agent} current={tab} />
            <shown.Tab key={agent} agent={view} />
          </>
        )}
      </Answered>
    </>
  );
}

/** Links to the pages that ask more of this agent. */
function Elsewhere({ agent: { name, databases } }: { agent: AgentView }) {
  const common = useCommon();
  const may = useMay();
  return (
    <>
      {may('metrics_read') && <Anchor component={Link} size="sm" to={`/compare?agent=${name}`}>{common('compare')}</Anchor>}
      {may('sql_run') && databases.length > 0 && <Anchor component={Link} size="sm" to={`/sql?agent=${name}`}>{common('sql')}</Anchor>}
    </>
  );
}

function Tabs({ agent, current }: { agent: string; current: string }) {
  const say = useAgentText();
  const common = useCommon();
  const may = useMay();
  const containers = useContainers(agent).data;
  const names: Record<string, string> = {
    overview: say('overview'), metrics: say('metrics'), processes: say('processes'), containers: say('containers'), tasks: common('tasks'),
    alerts: common('alerts'), diagnosis: common('diagnosis'), settings: common('settings'),
  };
  // An agent without containers has no tab for them, unless a link leads there.
  const offered = Object.keys(tabs).filter((tab) => may(tabs[tab]!.needs) && (tab !== 'containers' || current === tab || (containers?.length ?? 0) > 0));
  return (
    <LinkTabs
      label={say('tabs')}
      tabs={offered.map((tab) => ({ to: tab === 'overview' ? `/agents/${agent}` : `/agents/${agent}/${tab}`, text: names[tab], end: true }))}
    />
  );
}
