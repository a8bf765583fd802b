import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';
import { FilterSelect, FilterSpan } from '../lists/filters';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { AlertFilters, useAlertFilters } from './AlertFilters';
import { AlertTable } from './AlertTable';
import { AlertTabs } from './AlertTabs';
import { useAlertsText } from './text';

/** What fired, and what became of it. */
export default function HistoryPage() {
  const say = useAlertsText();
  const common = useCommon();
  const { get } = useAddress();
  const spanned = get('from') !== '' || get('to') !== '';
  const asked = {
    ...useAlertFilters(),
    from: get('from') || undefined,
    to: get('to') || undefined,
    period: get('from') ? undefined : get('period') || '7d',
  };
  const query = useQuery({
    queryKey: ['alerts', 'history', asked],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts/history', { params: { query: asked } })),
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={common('alerts')} />
      <AlertTabs />
      <AlertFilters>
        {!spanned && <FilterSelect name="period" label={common('period')} data={['24h', '7d', '30d', '90d'].map((value) => ({ value, label: value }))} />}
        <FilterSpan />
      </AlertFilters>
      <Answered query={query}>
        {({ alerts, next }) => alerts.length === 0
          ? <EmptyState title={say('noneHistory')}>{say('noneHistoryHow')}</EmptyState>
          : <><AlertTable label={say('history')} alerts={alerts} /><Pager next={next} /></>}
      </Answered>
    </>
  );
}
