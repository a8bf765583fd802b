import { Navigate } from 'react-router';
import { useMay } from '../session/session';
import { lazyPage } from './lazyPage';

export const FleetPage = lazyPage(() => import('../fleet/FleetPage'));

/** Where one arrives: a tenant's users at their fleet, the platform's at the tenants. */
export function Home() {
  return useMay()('agents_read') ? <FleetPage /> : <Navigate to="/platform" replace />;
}
