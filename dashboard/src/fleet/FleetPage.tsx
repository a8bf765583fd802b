import { Button, Text } from '@mantine/core';
import { useCommon } from '../language/common';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { filterOf, isFiltered } from './filter';
import './fleet.css';
import { FleetFilters } from './FleetFilters';
import { FleetTable } from './FleetTable';
import { FleetTotals } from './FleetTotals';
import { NoAgents } from './NoAgents';
import { useFleetText } from './text';
import { useFleetTotals, usePrefetchFleet } from './useFleet';

/** All agents of the tenant. */
export default function FleetPage() {
  const say = useFleetText();
  const common = useCommon();
  const { params, set } = useAddress();
  const filter = filterOf(params);
  usePrefetchFleet(filter);
  const query = useFleetTotals(filter);
  return (
    <div className="fleet">
      <PageHead title={common('overview')}>{query.data && <Text size="sm" c="dimmed" role="status">{say('matching', { count: query.data.matching })}</Text>}</PageHead>
      <Answered query={query}>
        {({ totals, matching }) =>
          totals.agents === 0 ? <NoAgents /> : (
            <>
              <FleetTotals totals={totals} filter={filter} />
              <FleetFilters filter={filter} />
              {matching > 0 ? <FleetTable filter={filter} matching={matching} /> : (
                <EmptyState
                  title={say('none')}
                  action={isFiltered(filter) && <Button variant="default" size="xs" onClick={() => set({ search: '', label: [], status: '' })}>{say('clear')}</Button>}
                >
                  {say('noneHow', { count: totals.agents })}
                </EmptyState>
              )}
            </>
          )}
      </Answered>
    </div>
  );
}
