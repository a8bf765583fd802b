import { defineText } from '../language/language';

export const useAuditText = defineText(
  'audit',
  {
    about: 'Who did what, and what was refused; kept for 365 days. Times: {{zone}}.', actor: 'Actor', actorHow: 'A key’s id, or user:NAME', action: 'Action', actionHow: 'Such as sql.run, or task.*', target: 'Target', targetHow: 'Such as an agent’s name',
    outcome: 'Outcome', outcomeHow: 'ok, or a problem’s code', task: 'Task', apply: 'Filter', clear: 'Clear', none: 'No entry', noneHow: 'Nothing was done in this time, or the filters leave everything out.', entries: 'Entries',
    detail: 'Detail', address: 'Address', took: 'Took', more: 'Show details of {{action}}', csv: 'This page as CSV', tenant: 'Tenant', user: 'User',
  },
  {
    about: '记录操作人、操作内容以及被拒绝的操作，保留 365 天。时区：{{zone}}。', actor: '操作者', actorHow: '密钥 ID 或 user:用户名', action: '操作', actionHow: '例如 sql.run 或 task.*', target: '对象', targetHow: '例如代理名称',
    outcome: '结果', outcomeHow: 'ok 或错误码', task: '任务', apply: '筛选', clear: '清除', none: '没有记录', noneHow: '这段时间没有操作，或被筛选条件全部排除。', entries: '记录',
    detail: '详情', address: '地址', took: '耗时', more: '显示 {{action}} 的详情', csv: '将本页导出为 CSV', tenant: '租户', user: '用户',
  },
);
