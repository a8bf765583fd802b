import type { RuleView } from '../../api/schema';

export type RuleKind = 'threshold' | 'absent' | 'expression';
export type Aggregation = NonNullable<RuleView['aggregation']>;
export type Operator = NonNullable<RuleView['operator']>;

/** A rule as it is typed: what is empty is left out of what is sent. */
export interface RuleDraft {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
  severity: NonNullable<RuleView['severity']>;
  kind: RuleKind;
  agents: string[];
  metric: string;
  labels: Record<string, string>;
  process: string;
  processAggregation: Aggregation;
  aggregation: Aggregation;
  window: string;
  rate: boolean;
  operator: Operator;
  threshold: number | string;
  expression: string;
  interval: string;
  duration: string;
  keepFiring: string;
  channels: string[];
  repeat: string;
  group: string;
  summary: string;
}

/** A rule as the form shows it. */
export function draftOf(rule: RuleView): RuleDraft {
  return {
    id: rule.id ?? '',
    name: rule.name ?? '',
    description: rule.description ?? '',
    enabled: rule.enabled ?? true,
    severity: rule.severity ?? 'warning',
    kind: rule.expression ? 'expression' : rule.absent ? 'absent' : 'threshold',
    agents: rule.agents ?? ['*'],
    metric: rule.metric ?? '',
    labels: rule.labels ?? {},
    process: rule.process?.name ?? '',
    processAggregation: rule.process?.aggregation ?? 'avg',
    aggregation: rule.aggregation ?? 'last',
    window: text(rule.window),
    rate: rule.rate ?? false,
    operator: rule.operator ?? '>',
    threshold: rule.threshold ?? '',
    expression: rule.expression ?? '',
    interval: text(rule.interval) || '1m',
    duration: text(rule.duration) || '0s',
    keepFiring: text(rule.keep_firing) || '0s',
    channels: rule.channels ?? [],
    repeat: text(rule.repeat) || '30m',
    group: text(rule.group) || '0s',
    summary: rule.summary ?? '',
  };
}

/** What is sent of a draft: the members of its kind only. */
export function ruleOf(draft: RuleDraft): RuleView {
  return {
    id: draft.id.trim() || null,
    name: draft.name,
    description: draft.description || null,
    enabled: draft.enabled,
    severity: draft.severity,
    agents: draft.agents.length > 0 ? draft.agents : ['*'],
    ...conditionOf(draft),
    duration: draft.duration || null,
    keep_firing: draft.keepFiring || null,
    channels: draft.channels,
    repeat: draft.repeat || null,
    group: draft.group || null,
    summary: draft.summary || null,
  };
}

function conditionOf(draft: RuleDraft): Partial<RuleView> {
  if (draft.kind === 'expression') return { expression: draft.expression, interval: draft.interval || null };
  const metric = { metric: draft.metric.trim(), labels: draft.labels };
  if (draft.kind === 'absent') return { ...metric, absent: true };
  return {
    ...metric,
    ...(draft.process.trim() && { process: { name: draft.process.trim(), aggregation: draft.processAggregation } }),
    aggregation: draft.aggregation,
    rate: draft.rate,
    // A window means something only where samples are taken together.
    window: draft.aggregation === 'last' && !draft.rate ? null : draft.window || null,
    operator: draft.operator,
    threshold: draft.threshold === '' ? null : Number(draft.threshold),
  };
}

/** A rule that begins as another one: enabled, and with a name, words and an id of its own. */
export function copyOf(rule: RuleView): RuleDraft {
  return { ...draftOf(rule), id: '', enabled: true, ...(rule.builtin ? { name: '', description: '' } : { name: `${rule.name ?? ''} 2` }) };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
