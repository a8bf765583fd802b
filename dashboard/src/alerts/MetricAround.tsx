import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { AlertView } from '../api/schema';
import { TimeChart } from '../charts/TimeChart';
import { labelParts } from '../format/labels';
import { Section } from '../lists/Section';
import { Answered } from '../lists/states';
import { aroundLines, hasSeries, spanAround } from './around';
import { useAlertsText } from './text';

/** What the alert's metric did before, during and after it, with the threshold; nothing where no series is kept of it. */
export function MetricAround({ alert }: { alert: AlertView }) {
  return hasSeries(alert) ? <Chart alert={alert} /> : null;
}

function Chart({ alert }: { alert: AlertView }) {
  const say = useAlertsText();
  const firing = alert.state === 'firing';
  const query = useQuery({
    queryKey: ['metric-around', alert.id, alert.resolved_at],
    queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}/metrics/range', {
      params: { path: { agent: alert.agent }, query: { metric: alert.metric, labels: labelParts(alert.labels), ...spanAround(alert, Date.now()) } },
    })),
    refetchInterval: firing ? pollCharts : false,
  });
  return (
    <Section title={say('around')}>
      <Answered query={query}>
        {(range) => (
          <TimeChart
            title={alert.metric} unit={range.unit} times={range.times.map((at) => Date.parse(at) / 1_000)}
            series={aroundLines(range, alert.threshold ?? undefined, say('threshold'))}
          />
        )}
      </Answered>
    </Section>
  );
}
