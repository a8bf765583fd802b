import type { TenantCreateRequest, TenantUpdate, TenantView } from '../api/schema';

/** What the forms of a tenant hold. Numbers are '' where there is no limit. */
export interface TenantFields {
  id: string;
  name: string;
  description: string;
  agentUrl: string;
  agents: number | string;
  queries: number | string;
}

export const newTenant: TenantFields = { id: '', name: '', description: '', agentUrl: '', agents: '', queries: '' };

/** Whether a tenant may have this id. */
export function isTenantId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,63}$/.test(id);
}

export function fieldsOf({ id, name, description, agent_url: agentUrl, quotas }: TenantView): TenantFields {
  return { id, name, description, agentUrl: agentUrl ?? '', agents: quotas.agents ?? '', queries: quotas.queries_per_month ?? '' };
}

export function creationOf(fields: TenantFields): TenantCreateRequest {
  return { id: fields.id.trim(), name: fields.name.trim() || null, description: fields.description.trim(), enabled: true, quotas: quotasOf(fields), agent_url: fields.agentUrl.trim() || null };
}

export function updateOf(fields: TenantFields): TenantUpdate {
  return { name: fields.name.trim() || fields.id, description: fields.description.trim(), quotas: quotasOf(fields), agent_url: fields.agentUrl.trim() };
}

function quotasOf({ agents, queries }: TenantFields) {
  const limit = (value: number | string) => (value === '' ? null : Number(value));
  return { agents: limit(agents), queries_per_month: limit(queries) };
}
