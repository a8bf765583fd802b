import { useCommon } from '../language/common';
import { useAddress } from '../lists/useAddress';
import { type FleetFilter, type FleetSort, reorder } from './filter';
import { FleetRows } from './FleetRows';
import { useFleetText } from './text';

/** All agents that match. */
export function FleetTable({ filter, matching }: { filter: FleetFilter; matching: number }) {
  const say = useFleetText();
  return (
    <div className="fleet-table" role="table" aria-label={say('fleet')} aria-rowcount={matching + 1} aria-describedby="fleet-keys">
      <p id="fleet-keys" hidden>{say('keys')}</p>
      <FleetHead filter={filter} />
      {/* Another list begins at its top. */}
      <FleetRows key={JSON.stringify(filter)} filter={filter} matching={matching} />
    </div>
  );
}

function FleetHead({ filter }: { filter: FleetFilter }) {
  const say = useFleetText();
  const common = useCommon();
  const columns: [sort: FleetSort | undefined, className: string, title: string][] = [
    ['name', 'name', common('name')], ['status', 'status', common('status')], ['cpu', 'value', say('cpu')], ['memory', 'value', say('memory')],
    ['disk', 'value', say('disk')], [undefined, 'worst', say('worstValue')], [undefined, 'spark', say('lastHour')], ['alerts', 'alerts', say('alerts')],
    [undefined, 'labels', say('labels')], ['last_seen', 'seen', say('lastSeen')],
  ];
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className="fleet-row fleet-head">
        {columns.map(([sort, className, title]) => <HeadCell key={title} sort={sort} className={className} title={title} filter={filter} />)}
      </div>
    </div>
  );
}

function HeadCell({ sort, className, title, filter }: { sort: FleetSort | undefined; className: string; title: string; filter: FleetFilter }) {
  const { set } = useAddress();
  const isSorted = sort !== undefined && sort === filter.sort;
  const direction = filter.descending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" className={`fleet-${className}`} aria-sort={isSorted ? direction : undefined}>
      {sort === undefined ? title : (
        <button type="button" onClick={() => set(reorder(filter, sort))}>
          {title}
          {isSorted && <span aria-hidden>{filter.descending ? ' ↓' : ' ↑'}</span>}
        </button>
      )}
    </div>
  );
}
