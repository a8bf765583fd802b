import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { useCommon } from '../language/common';
import { PageHead } from '../lists/states';
import { type Permission, useMay, useSession } from '../session/session';
import { AgentDefaultsSection } from './AgentDefaultsSection';
import { ApprovalsSection } from './ApprovalsSection';
import { KeysSection } from './KeysSection';
import { SecretsSection } from './SecretsSection';
import { useSettingsText } from './text';
import { TokensSection } from './TokensSection';
import { UsageSection } from './UsageSection';
import { UsersSection } from './UsersSection';

interface Tab {
  id: string;
  text: Parameters<ReturnType<typeof useSettingsText>>[0];
  needs: Permission;
  section: (tenant: string) => ReactNode;
}

const tabs: Tab[] = [
  { id: 'keys', text: 'keys', needs: 'tenant_credentials_manage', section: (tenant) => <KeysSection tenant={tenant} /> },
  { id: 'enrolment', text: 'enrolment', needs: 'tenant_credentials_manage', section: (tenant) => <TokensSection tenant={tenant} /> },
  { id: 'users', text: 'users', needs: 'users_manage', section: (tenant) => <UsersSection tenant={tenant} /> },
  { id: 'usage', text: 'usage', needs: 'metrics_read', section: (tenant) => <UsageSection tenant={tenant} /> },
  { id: 'tasks', text: 'approvals', needs: 'task_settings_read', section: () => <ApprovalsSection /> },
  { id: 'agents', text: 'agentDefaults', needs: 'agent_settings_read', section: () => <AgentDefaultsSection /> },
  { id: 'secrets', text: 'secrets', needs: 'secrets_manage', section: () => <SecretsSection /> },
];

/** What a tenant has set; each may see the parts that its role lets it. */
export default function SettingsPage() {
  const say = useSettingsText();
  const common = useCommon();
  const may = useMay();
  const navigate = useNavigate();
  const { tenant } = useSession();
  const { tab } = useParams();
  const mine = tabs.filter((one) => may(one.needs));
  const chosen = mine.find((one) => one.id === tab);
  if (!chosen) return mine[0] ? <Navigate to={`/settings/${mine[0].id}`} replace /> : null;
  return (
    <>
      <PageHead title={common('settings')} />
      <Tabs value={chosen.id} onChange={(id) => void navigate(`/settings/${id}`)} keepMounted={false}>
        <Tabs.List mb="md">
          {mine.map((one) => <Tabs.Tab key={one.id} value={one.id}>{say(one.text)}</Tabs.Tab>)}
        </Tabs.List>
        {mine.map((one) => <Tabs.Panel key={one.id} value={one.id}>{one.section(tenant)}</Tabs.Panel>)}
      </Tabs>
    </>
  );
}
