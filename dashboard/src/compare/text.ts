import { defineText } from '../language/language';

export const useCompareText = defineText(
  'compare',
  {
    agents: 'Agents', agentsHow: '{{count}} of {{max}} at most', before: 'Periods before', beforeNone: 'none', choose: 'Choose agents to compare', chooseHow: 'Or one agent, and periods before this one.',
    noSeries: 'None of them has measured this', noSeriesHow: 'Choose another metric, or another period.', shifted: 'Earlier periods are drawn over the present one.', findAgents: 'Type to find more',
  },
  {
    agents: '代理', agentsHow: '{{count}} 个，最多 {{max}} 个', before: '对比之前的周期', beforeNone: '不对比', choose: '请选择要对比的代理', chooseHow: '也可以只选一个代理，与之前的周期对比。',
    noSeries: '所选代理没有此指标的数据', noSeriesHow: '请选择其他指标或时间段。', shifted: '之前的周期叠加在当前周期上显示。', findAgents: '输入以查找更多',
  },
);
