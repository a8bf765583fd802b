import { Anchor, Badge, Button, Menu, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { RuleView } from '../api/schema';
import { useCommon } from '../language/common';
import { SeverityBadge } from '../lists/Badges';
import { DataTable } from '../lists/DataTable';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { AlertTabs } from './AlertTabs';
import { ImportRules } from './rules/ImportRules';
import { useRulesText } from './rules/text';
import { useFiringCounts } from './rules/useFiringCounts';

/** What is watched. */
export default function RulesPage() {
  const say = useRulesText();
  const common = useCommon();
  const may = useMay();
  const after = useAddress().get('after') || undefined;
  const query = useQuery({
    queryKey: ['rules', 'list', after],
    queryFn: () => bodyOf(api.GET('/api/v1/rules', { params: { query: { after, limit: 100 } } })),
    refetchInterval: pollCharts,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={common('alerts')}>{may('rules_manage') && <><ImportRules /><NewRuleMenu rules={query.data?.rules ?? []} /></>}</PageHead>
      <AlertTabs />
      <Answered query={query}>
        {({ rules, next }) => rules.length === 0
          ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState>
          : <><RuleTable rules={rules} /><Pager next={next} /></>}
      </Answered>
    </>
  );
}

function NewRuleMenu({ rules }: { rules: RuleView[] }) {
  const say = useRulesText();
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button size="xs">{say('newRule')}</Button></Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
        <Menu.Item component={Link} to="/alerts/rules/new">{say('blank')}</Menu.Item>
        <Menu.Label>{say('fromTemplate')}</Menu.Label>
        {rules.filter((one) => one.builtin).map((one) => (
          <Menu.Item key={one.id} component={Link} to={`/alerts/rules/new?template=${encodeURIComponent(one.id!)}`}>{one.name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function RuleTable({ rules }: { rules: RuleView[] }) {
  const say = useRulesText();
  const common = useCommon();
  const may = useMay();
  const firing = useFiringCounts();
  const enable = useAct(
    ({ rule, enabled }: { rule: RuleView; enabled: boolean }) => api.PUT('/api/v1/rules/{rule}', { params: { path: { rule: rule.id! } }, body: { ...rule, enabled } }),
    ['rules', 'alerts'], say('switched'),
  );
  return (
    <DataTable<RuleView>
      label={common('alerts')} rows={rules} rowKey={(one) => one.id!}
      columns={[
        {
          key: 'enabled', title: say('enabled'), cell: (one) => (
            <Switch
              aria-label={`${say('enabled')}: ${one.name}`} checked={one.enabled ?? true} disabled={!may('rules_manage') || enable.isPending}
              onChange={(event) => enable.mutate({ rule: one, enabled: event.currentTarget.checked })}
            />
          ),
        },
        {
          key: 'name', title: say('rule'), cell: (one) => (
            <>
              <Anchor component={Link} size="sm" to={`/alerts/rules/${one.id}`} className="wrap">{one.name}</Anchor>{' '}
              {one.builtin && <Badge size="xs" variant="light" className="contrast" color="gray">{say('builtin')}</Badge>}
              <Text size="xs" c="dimmed" className="wrap">{one.condition}</Text>
            </>
          ),
        },
        { key: 'severity', title: say('severity'), cell: (one) => <SeverityBadge severity={one.severity ?? 'warning'} /> },
        { key: 'agents', title: say('agents'), cell: (one) => one.agents?.join(', ') ?? '*', wide: true },
        {
          key: 'firing', title: say('fires'), align: 'right', cell: (one) => {
            const count = firing(one.id!);
            return count === undefined ? '–' : <Anchor component={Link} size="sm" to={`/alerts/active?rule=${encodeURIComponent(one.id!)}`}>{count}</Anchor>;
          },
        },
      ]}
    />
  );
}
