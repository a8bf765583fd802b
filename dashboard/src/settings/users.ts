import { api, bodyOf } from '../api/client';
import type { UserRequest, UserUpdate } from '../api/schema';

/** What can be done with the users of a tenant, or of the platform (null). */
export function usersOf(tenant: string | null) {
  const all = { params: { path: { tenant: tenant ?? '' } } };
  const one = (name: string) => ({ params: { path: { tenant: tenant ?? '', name } } });
  const platform = (name: string) => ({ params: { path: { name } } });
  return tenant === null
    ? {
        list: () => bodyOf(api.GET('/api/v1/platform/users')),
        invite: (body: UserRequest) => bodyOf(api.POST('/api/v1/platform/users', { body })),
        change: (name: string, body: UserUpdate) => bodyOf(api.PATCH('/api/v1/platform/users/{name}', { ...platform(name), body })),
        remove: (name: string) => api.DELETE('/api/v1/platform/users/{name}', platform(name)),
        inviteAgain: (name: string) => bodyOf(api.POST('/api/v1/platform/users/{name}/invitation', platform(name))),
        signOut: (name: string) => api.POST('/api/v1/platform/users/{name}/sign-out', platform(name)),
      }
    : {
        list: () => bodyOf(api.GET('/api/v1/tenants/{tenant}/users', all)),
        invite: (body: UserRequest) => bodyOf(api.POST('/api/v1/tenants/{tenant}/users', { ...all, body })),
        change: (name: string, body: UserUpdate) => bodyOf(api.PATCH('/api/v1/tenants/{tenant}/users/{name}', { ...one(name), body })),
        remove: (name: string) => api.DELETE('/api/v1/tenants/{tenant}/users/{name}', one(name)),
        inviteAgain: (name: string) => bodyOf(api.POST('/api/v1/tenants/{tenant}/users/{name}/invitation', one(name))),
        signOut: (name: string) => api.POST('/api/v1/tenants/{tenant}/users/{name}/sign-out', one(name)),
      };
}

export type Users = ReturnType<typeof usersOf>;
