import { expect, test } from 'vitest';
import { metricGroups } from './metricGroups';

test('what is scraped goes first', () => {
  expect(metricGroups(['agent_cpu_percent', 'host_load1', 'starrocks_fe_query_total', 'host_load5', 'mysql_up'])).toEqual([
    ['mysql', ['mysql_up']], ['starrocks', ['starrocks_fe_query_total']], ['host', ['host_load1', 'host_load5']], ['agent', ['agent_cpu_percent']],
  ]);
});
