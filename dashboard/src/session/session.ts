import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, setCsrfToken } from '../api/client';
import { Problem } from '../api/problem';
import { liveFeed } from '../api/live';
import { queryClient } from '../api/queries';
import type { SessionView } from '../api/schema';
import { forgetPrivate } from './private';

const sessionKey = ['session'];

/** What a session may do; the centre decides, and tells which of these a role has (docs/rights.md). */
export type Permission =
  | 'agents_read' | 'agents_manage' | 'agent_settings_read' | 'agent_settings_manage' | 'metrics_read' | 'metrics_manage'
  | 'alerts_read' | 'alerts_acknowledge' | 'rules_manage' | 'silences_manage' | 'channels_manage' | 'channels_test' | 'secrets_manage'
  | 'diagnoses_read' | 'diagnoses_run' | 'sql_run' | 'tasks_read' | 'tasks_run' | 'tasks_approve' | 'tasks_delete'
  | 'task_settings_read' | 'task_settings_manage' | 'files_read' | 'files_manage' | 'audit_read'
  | 'tenant_read' | 'tenant_credentials_manage' | 'users_manage' | 'tenants_manage' | 'platform_users_manage';

async function readSession(): Promise<SessionView | null> {
  try {
    return takeSession(await bodyOf(api.GET('/api/v1/auth/session')));
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) return null;
    throw failure;
  }
}

function takeSession(session: SessionView): SessionView {
  setCsrfToken(session.csrf_token ?? undefined);
  return session;
}

const sessionQuery = queryOptions({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000 });

/** Who looks at the page; `data` is null where nobody is signed in. */
export function useSessionQuery() {
  return useQuery(sessionQuery);
}

/** Asks who looks at the page before anything of it is drawn. */
export function prefetchSession(): Promise<void> {
  return queryClient.prefetchQuery(sessionQuery);
}

/** Who is signed in. Only below the shell, which shows nothing without. */
export function useSession(): SessionView {
  const { data } = useSessionQuery();
  if (!data) throw new Error('Nobody is signed in.');
  return data;
}

/** Whether the session may do this. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}

/** The page goes on as this session's. */
export function beginSession(session: SessionView): void {
  become(takeSession(session));
}

/** Nobody is signed in any more: nothing of the session stays on the page. */
export function endSession(): void {
  setCsrfToken(undefined);
  forgetPrivate();
  liveFeed.close();
  become(null);
}

/** What was asked for before is another's. The session's own query stays: who looks at it would never hear of one made anew. */
function become(session: SessionView | null) {
  queryClient.setQueryData(sessionKey, session);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  queryClient.getMutationCache().clear();
}
