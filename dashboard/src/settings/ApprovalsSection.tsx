import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import type { ApprovalRule } from '../api/schema';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { type Column, DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { ApprovalForm } from './ApprovalForm';
import { useSettingsText } from './text';

/** Which tasks need a second person. Each change names the revision that was read, so that nobody's is lost. */
export function ApprovalsSection() {
  const say = useSettingsText();
  const common = useCommon();
  const mayChange = useMay()('task_settings_manage');
  // The place of the rule that is edited; the number of rules: a new one.
  const [place, setPlace] = useState<number | null>(null);
  const query = useQuery({ queryKey: ['task-settings'], queryFn: () => bodyOf(api.GET('/api/v1/task-settings')) });
  const rules = query.data?.approvals ?? [];
  const save = useAct(
    (approvals: ApprovalRule[]) => bodyOf(api.PUT('/api/v1/task-settings', { body: { revision: query.data?.revision ?? null, approvals } })),
    ['task-settings'], say('saved'), () => setPlace(null),
  );
  const columns: Column<ApprovalRule>[] = [
    { key: 'name', title: say('ruleName'), cell: (rule) => rule.name },
    { key: 'types', title: say('types'), cell: (rule) => rule.types?.join(', ') || say('any') },
    { key: 'agents', title: say('agentPatterns'), cell: (rule) => rule.agents?.join(', ') || say('any') },
    { key: 'commands', title: say('commands'), cell: (rule) => rule.commands?.join(', ') || say('any') },
    { key: 'min', title: say('minAgents'), cell: (rule) => (rule.min_agents ? String(rule.min_agents) : '–'), align: 'right' },
  ];
  if (mayChange) {
    columns.push({
      key: 'actions', title: common('actions'), cell: (rule) => (
        <Group gap={4}>
          <Button size="compact-xs" variant="default" onClick={() => setPlace(rules.indexOf(rule))}>{common('edit')}</Button>
          <ConfirmButton label={common('delete')} question={say('deleteRule', { name: rule.name })} onConfirm={() => save.mutate(rules.filter((one) => one !== rule))} />
        </Group>
      ),
    });
  }
  return (
    <Section title={say('approvals')} about={say('approvalsAbout')} actions={mayChange && query.data && <Button size="xs" onClick={() => setPlace(rules.length)}>{say('addRule')}</Button>}>
      <Answered query={query}>
        {({ revision }) => (
          <Stack gap="xs">
            {rules.length === 0
              ? <EmptyState title={say('noApprovals')}>{mayChange && say('noApprovalsHow')}</EmptyState>
              : <DataTable label={say('approvals')} columns={columns} rows={rules} rowKey={(rule) => rule.name} />}
            <Text size="xs" c="dimmed">{say('revision', { revision })}</Text>
          </Stack>
        )}
      </Answered>
      {place !== null && (
        <ApprovalForm
          rule={rules[place]} busy={save.isPending} onClose={() => setPlace(null)}
          onSave={(rule) => save.mutate(place < rules.length ? rules.map((one, index) => (index === place ? rule : one)) : [...rules, rule])}
        />
      )}
    </Section>
  );
}
