import type { ReactNode } from 'react';
import { useCommon } from '../language/common';
import { EmptyState } from '../lists/states';
import { roleName } from './roleName';
import { type Permission, useMay, useSession } from './session';

/** Shows a page to those who may see it, and tells the others why they don't. The centre decides again with each request. */
export function Allowed({ needs, children }: { needs: Permission; children: ReactNode }) {
  const common = useCommon();
  const { role } = useSession();
  if (useMay()(needs)) return children;
  return <EmptyState title={common('notAllowed')}>{common('notAllowedHow', { role: common(roleName(role)) })}</EmptyState>;
}
