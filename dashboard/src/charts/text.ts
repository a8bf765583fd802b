import { defineText } from '../language/language';

export const useChartText = defineText(
  'charts',
  {
    metric: 'Metric', anyValue: 'any', aggregate: 'Value of a step', byKind: 'as fits the metric', avg: 'average', min: 'lowest', max: 'highest', last: 'last', sum: 'sum', count: 'number of samples', rate: 'rate per second',
    series: 'Series', average: 'Average', peak: 'Peak', peakAt: 'Peak at', lowest: 'Lowest', newest: 'Last', trend: 'Trend', change: 'Against before', rising: 'rising', falling: 'falling', steady: 'steady',
    summary: 'Summary', exportCsv: 'Export as CSV', someSeries: 'The {{shown}} highest of {{count}} series.',
  },
  {
    metric: '指标', anyValue: '不限', aggregate: '每步取值', byKind: '按指标类型', avg: '平均', min: '最小', max: '最大', last: '最新', sum: '求和', count: '样本数', rate: '每秒速率',
    series: '序列', average: '平均', peak: '峰值', peakAt: '峰值时间', lowest: '最低', newest: '最新', trend: '趋势', change: '与上期相比', rising: '上升', falling: '下降', steady: '平稳',
    summary: '统计', exportCsv: '导出 CSV', someSeries: '共 {{count}} 条序列，显示峰值最高的 {{shown}} 条。',
  },
);
