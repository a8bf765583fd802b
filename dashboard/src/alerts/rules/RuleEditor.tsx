import { Button, Grid, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from 'react-router';
import { api, bodyOf } from '../../api/client';
import { useCommon } from '../../language/common';
import { ConfirmButton } from '../../lists/ConfirmButton';
import { useAct } from '../../lists/useAct';
import { useMay } from '../../session/session';
import { DryRun } from './DryRun';
import { type RuleDraft, ruleOf } from './ruleDraft';
import { RuleFields } from './RuleForm';
import { useRulesText } from './text';
import { useValidation } from './useValidation';
import { Verdict } from './Verdict';

interface Props {
  initial: RuleDraft;
  /** The id of the rule that is edited; undefined: it is new. */
  id: string | undefined;
  builtin: boolean;
}

/** A rule as a form, with the centre's verdict on it and its dry run beside it. */
export function RuleEditor({ initial, id, builtin }: Props) {
  const may = useMay();
  const form = useForm<RuleDraft>({ initialValues: initial });
  const validation = useValidation(form.values);
  const manages = may('rules_manage');
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <fieldset disabled={!manages} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}><RuleFields form={form} isNew={id === undefined} /></fieldset>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack>
          <Verdict validation={validation.data} isCurrent={validation.isCurrent} />
          {manages && <Save draft={form.values} id={id} builtin={builtin} disabled={!validation.isCurrent || !validation.data?.valid} />}
          <DryRun draft={form.values} disabled={!validation.data?.valid} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Save({ draft, id, builtin, disabled }: { draft: RuleDraft; id: string | undefined; builtin: boolean; disabled: boolean }) {
  const say = useRulesText();
  const common = useCommon();
  const navigate = useNavigate();
  const save = useAct(
    (body: ReturnType<typeof ruleOf>) => bodyOf(id === undefined ? api.POST('/api/v1/rules', { body }) : api.PUT('/api/v1/rules/{rule}', { params: { path: { rule: id } }, body })),
    ['rules', 'alerts'], say('saved'), (rule) => id === undefined && void navigate(`/alerts/rules/${rule.id}`),
  );
  const remove = useAct((rule: string) => api.DELETE('/api/v1/rules/{rule}', { params: { path: { rule } } }), ['rules', 'alerts'], say('deleted'), () => void navigate('/alerts/rules'));
  return (
    <Group>
      <Button disabled={disabled} loading={save.isPending} onClick={() => save.mutate(ruleOf(draft))}>{common('save')}</Button>
      {id !== undefined && !builtin && <ConfirmButton label={common('delete')} size="sm" question={say('deleteQuestion')} onConfirm={() => remove.mutate(id)} />}
    </Group>
  );
}
