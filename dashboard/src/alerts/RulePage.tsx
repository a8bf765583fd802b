import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';
import { Answered, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { AlertTabs } from './AlertTabs';
import { Evaluation } from './rules/Evaluation';
import { copyOf, draftOf } from './rules/ruleDraft';
import { RuleEditor } from './rules/RuleEditor';
import { useRulesText } from './rules/text';

/** One rule, or a new one: blank, or as the rule that `?template=` names. */
export default function RulePage() {
  const { rule = '' } = useParams();
  const { get } = useAddress();
  const template = get('template');
  return rule !== 'new' ? <Existing key={rule} id={rule} /> : template ? <FromTemplate key={template} id={template} /> : <NewRule />;
}

function useRule(id: string) {
  return useQuery({ queryKey: ['rules', 'one', id], queryFn: () => bodyOf(api.GET('/api/v1/rules/{rule}', { params: { path: { rule: id } } })), refetchOnWindowFocus: false });
}

function Existing({ id }: { id: string }) {
  const say = useRulesText();
  const query = useRule(id);
  return (
    <>
      <PageHead title={query.data?.name ?? id}><Anchor component={Link} size="sm" to={`/alerts/active?rule=${encodeURIComponent(id)}`}>{say('showsAlerts')}</Anchor></PageHead>
      <AlertTabs />
      <Answered query={query}>
        {(rule) => (
          <>
            {rule.expression && <Evaluation id={id} />}
            <RuleEditor key={rule.revision ?? 0} initial={draftOf(rule)} id={id} builtin={rule.builtin ?? false} />
          </>
        )}
      </Answered>
    </>
  );
}

function FromTemplate({ id }: { id: string }) {
  const query = useRule(id);
  return <NewHead><Answered query={query}>{(rule) => <RuleEditor initial={copyOf(rule)} id={undefined} builtin={false} />}</Answered></NewHead>;
}

function NewRule() {
  return <NewHead><RuleEditor initial={draftOf({})} id={undefined} builtin={false} /></NewHead>;
}

function NewHead({ children }: { children: React.ReactNode }) {
  const say = useRulesText();
  const common = useCommon();
  return (
    <>
      <PageHead title={say('newRule')}><Anchor component={Link} size="sm" to="/alerts/rules">{common('cancel')}</Anchor></PageHead>
      <AlertTabs />
      {children}
    </>
  );
}
