import { defineText } from '../../language/language';

export const useFanoutText = defineText(
  'fanouts',
  {
    fanout: 'Fan-out', none: 'There is no fan-out', noneHow: 'Choose several agents when you make a task: it is then given to all of them, in batches.', target: 'For', agents_one: '{{count}} agent', agents_other: '{{count}} agents',
    progress: 'Progress', notBegun: 'not begun', begun: '{{begun}} of {{all}} have their task', batches: 'Batches', batchSize: '{{count}} at a time', allAtOnce: 'all at once', pause: '{{time}} between batches', ratio: 'stops when more than {{percent}} % fail', nextBatch: 'Next batch',
    failures: 'What went wrong', noFailures: 'Nothing went wrong.', why: 'Why', first: 'The first 100 are shown.', showTasks: 'Its tasks', cancel: 'Cancel it', cancelQuestion: 'No further batch begins, and its tasks that aren’t over are canceled.', canceled: 'It is being canceled.',
  },
  {
    fanout: '批量任务', none: '没有批量任务', noneHow: '新建任务时选择多个代理，任务会分批下发给它们。', target: '目标', agents_other: '{{count}} 个代理',
    progress: '进度', notBegun: '未开始', begun: '已下发 {{begun}} / {{all}}', batches: '批次', batchSize: '每批 {{count}} 个', allAtOnce: '一次全部', pause: '批次间隔 {{time}}', ratio: '失败超过 {{percent}} % 时停止', nextBatch: '下一批',
    failures: '失败情况', noFailures: '没有失败。', why: '原因', first: '只显示前 100 条。', showTasks: '查看其任务', cancel: '取消', cancelQuestion: '不再开始新批次，未结束的任务将被取消。', canceled: '正在取消。',
  },
);
