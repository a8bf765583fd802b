import type { AuditEntry } from '../api/schema';

const pages: Record<string, string> = {
  user: '/settings/users', key: '/settings/keys', enrolment_token: '/settings/enrolment', secret: '/settings/secrets', 'task.settings': '/settings/tasks',
  'metrics.policy': '/settings/usage', 'tenant.configure_agents': '/settings/agents', channel: '/alerts/channels', silence: '/alerts/silences',
};

/** Where the page of an entry's target is; null: it has none, or isn't known. */
export function targetLink({ action, target }: Pick<AuditEntry, 'action' | 'target'>, platform: boolean): string | null {
  const subject = action.slice(0, action.indexOf('.'));
  const name = encodeURIComponent(target);
  if (name === '') return null;
  if (platform) return subject === 'tenant' ? `/platform/${name}` : null;
  if (Object.hasOwn(pages, action)) return pages[action]!;
  if (Object.hasOwn(pages, subject)) return pages[subject]!;
  if (action === 'sql.run' || action === 'metrics.delete' || (subject === 'agent' && action !== 'agent.revoke')) return `/agents/${name}`;
  if (subject === 'diagnosis') return `/diagnosis?agent=${name}`;
  if (action === 'rule.set' || action === 'rule.create') return `/alerts/rules/${name}`;
  return subject === 'alert' ? `/alerts/${name}` : null;
}

/** Where the task or fan-out of an entry is. */
export function taskLink({ action, task }: Pick<AuditEntry, 'action'> & { task: string }): string {
  return `/${action.startsWith('fanout.') ? 'fanouts' : 'tasks'}/${encodeURIComponent(task)}`;
}
