import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useCommon } from '../language/common';
import { AlertActions } from './AlertActions';
import { AlertFilters, useAlertFilters } from './AlertFilters';
import { AlertTable } from './AlertTable';
import { AlertTabs } from './AlertTabs';
import { useAlertsText } from './text';
import { useAlertNews } from './useAlertNews';

/** What fires now. */
export default function ActivePage() {
  const say = useAlertsText();
  const common = useCommon();
  const filters = useAlertFilters();
  const refetchInterval = useAlertNews();
  const query = useQuery({
    queryKey: ['alerts', 'active', filters],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts', { params: { query: filters } })),
    refetchInterval,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={common('alerts')} />
      <AlertTabs />
      <AlertFilters />
      <Answered query={query}>
        {({ alerts, next }) => alerts.length === 0
          ? <EmptyState title={say('noneActive')}>{say('noneActiveHow')}</EmptyState>
          : <><AlertTable label={say('active')} alerts={alerts} actions={(alert) => <AlertActions alert={alert} />} /><Pager next={next} /></>}
      </Answered>
    </>
  );
}
