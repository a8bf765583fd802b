import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';

/** A tenant with its keys, enrolment tokens, quotas and usage. */
export function useTenant(tenant: string, enabled = true) {
  return useQuery({
    queryKey: ['tenant', tenant],
    queryFn: () => bodyOf(api.GET('/api/v1/tenants/{tenant}', { params: { path: { tenant } } })),
    enabled,
  });
}
