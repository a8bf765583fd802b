import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { FleetTotals as Totals } from '../api/schema';
import { formatNumber } from '../format/number';
import { useCommon } from '../language/common';
import { useMay } from '../session/session';
import { type FleetFilter, statuses } from './filter';
import { useFleetText } from './text';

/** What all agents come to; each leads to those it counts. */
export function FleetTotals({ totals, filter }: { totals: Totals; filter: FleetFilter }) {
  const say = useFleetText();
  const common = useCommon();
  const may = useMay();
  return (
    <ul className="fleet-totals" aria-label={say('totals')}>
      <Total to="/" count={totals.agents} here={filter.status === undefined}>{say('agents')}</Total>
      {statuses.map((status) => (
        <Total key={status} to={`/?status=${status}`} count={totals[status]} mark={status} here={filter.status === status}>{common(status)}</Total>
      ))}
      {may('alerts_read') && (
        <>
          <Total to="/alerts/active" count={totals.firing}>{say('firing')}</Total>
          <Total to="/alerts/active?severity=critical" count={totals.critical} mark="critical">{common('critical')}</Total>
          <Total to="/alerts/active?severity=warning" count={totals.warning} mark="warning">{common('warning')}</Total>
        </>
      )}
      {totals.processes !== null && totals.processes !== undefined && <li><span className="fleet-total"><Figure count={totals.processes} />{say('processes')}</span></li>}
    </ul>
  );
}

function Total({ to, count, mark, here, children }: { to: string; count: number; mark?: string; here?: boolean; children: ReactNode }) {
  return (
    <li>
      <Link className="fleet-total" to={to} aria-current={here ? 'true' : undefined} data-mark={count > 0 ? mark : undefined}>
        <Figure count={count} />
        {children}
      </Link>
    </li>
  );
}

function Figure({ count }: { count: number }) {
  return <strong>{formatNumber(count)}</strong>;
}
