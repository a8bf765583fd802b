import { Button, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import type { EnrolmentTokenView } from '../api/schema';
import { fromLocalInput } from '../format/time';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { type Column, DataTable } from '../lists/DataTable';
import { Section } from '../lists/Section';
import { Answered, EmptyState } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { FormModal } from './FormModal';
import { installCommand } from './install';
import { itemsOf } from './items';
import { byLife, lifeOf } from './life';
import { LifeBadge } from './LifeBadge';
import { ShownOnce } from './ShownOnce';
import { useTenant } from './tenant';
import { useSettingsText } from './text';

interface IssuedToken {
  token: string;
  patterns: string[];
}

/** The enrolment tokens of a tenant, and the command that brings an agent in with a new one. */
export function TokensSection({ tenant }: { tenant: string }) {
  const say = useSettingsText();
  const [open, { open: begin, close }] = useDisclosure();
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  const columns = useTokenColumns(tenant);
  const query = useTenant(tenant);
  return (
    <Section title={say('enrolment')} about={say('tokensAbout')} actions={<Button size="xs" onClick={begin}>{say('issueToken')}</Button>}>
      <Stack>
        {issued && <Issued issued={issued} url={query.data?.agent_url ?? location.origin} onClose={() => setIssued(null)} />}
        <Answered query={query}>
          {({ enrolment_tokens: tokens }) => tokens.length === 0
            ? <EmptyState title={say('noTokens')}>{say('noTokensHow')}</EmptyState>
            : <DataTable label={say('enrolment')} columns={columns} rows={byLife(tokens)} rowKey={(token) => token.id} />}
        </Answered>
      </Stack>
      <IssueToken tenant={tenant} opened={open} onClose={close} onIssued={setIssued} />
    </Section>
  );
}

function Issued({ issued, url, onClose }: { issued: IssuedToken; url: string; onClose: () => void }) {
  const say = useSettingsText();
  const mayAsk = useMay()('tenant_read');
  const install = useQuery({ queryKey: ['install'], queryFn: () => bodyOf(api.GET('/api/v1/install')), enabled: mayAsk });
  if (mayAsk && install.isPending) return null;
  const command = installCommand(install.data, { url, ...issued });
  const about = say(install.data?.available ? 'install' : 'installHave');
  return <ShownOnce title={say('issued')} texts={[{ text: issued.token }, { about, text: command }]} onClose={onClose} />;
}

function useTokenColumns(tenant: string): Column<EnrolmentTokenView>[] {
  const say = useSettingsText();
  const common = useCommon();
  const revoke = useAct(
    (token: string) => api.DELETE('/api/v1/tenants/{tenant}/enrolment-tokens/{token}', { params: { path: { tenant, token } } }), ['tenant'], say('revoked'),
  );
  return [
    { key: 'patterns', title: say('patterns'), cell: (token) => token.patterns.join(', ') },
    { key: 'status', title: common('status'), cell: (token) => <LifeBadge credential={token} /> },
    {
      key: 'uses', title: say('uses'), align: 'right',
      cell: (token) => (token.max_uses === null ? String(token.uses) : say('usesOf', { uses: token.uses, max: token.max_uses })),
    },
    { key: 'created', title: common('created'), cell: (token) => <TimeText at={token.created_at} />, wide: true },
    { key: 'expires', title: common('expires'), cell: (token) => (token.expires_at ? <TimeText at={token.expires_at} /> : common('never')) },
    {
      key: 'actions', title: common('actions'),
      cell: (token) => lifeOf(token) === 'live' && <ConfirmButton label={say('revoke')} question={say('revokeToken')} onConfirm={() => revoke.mutate(token.id)} />,
    },
  ];
}

interface IssueProps {
  tenant: string;
  opened: boolean;
  onClose: () => void;
  onIssued: (issued: IssuedToken) => void;
}

function IssueToken({ tenant, opened, onClose, onIssued }: IssueProps) {
  const say = useSettingsText();
  const common = useCommon();
  const form = useForm<{ patterns: string; maxUses: number | string; expires: string }>({
    initialValues: { patterns: '', maxUses: '', expires: '' },
    validate: { patterns: (text) => (itemsOf(text).length === 0 ? say('needsPattern') : null) },
  });
  const issue = useAct(
    ({ patterns, maxUses, expires }: typeof form.values) => bodyOf(api.POST('/api/v1/tenants/{tenant}/enrolment-tokens', {
      params: { path: { tenant } },
      body: { patterns: itemsOf(patterns), max_uses: maxUses === '' ? null : Number(maxUses), expires_at: fromLocalInput(expires) ?? null },
    })),
    ['tenant'], undefined, ({ secret }, { patterns }) => {
      onIssued({ token: secret, patterns: itemsOf(patterns) });
      onClose();
      form.reset();
    },
  );
  return (
    <FormModal title={say('issueToken')} opened={opened} onClose={onClose} submit={say('issue')} busy={issue.isPending} onSubmit={form.onSubmit((values) => issue.mutate(values))}>
      <TextInput label={say('patterns')} description={say('patternsHow')} required data-autofocus {...form.getInputProps('patterns')} />
      <NumberInput label={say('maxUses')} description={say('maxUsesHow')} min={1} allowDecimal={false} {...form.getInputProps('maxUses')} />
      <TextInput label={common('expires')} description={say('expiresHow')} type="datetime-local" {...form.getInputProps('expires')} />
    </FormModal>
  );
}
