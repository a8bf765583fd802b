import { defineText } from '../language/language';

export const useDiagnosisText = defineText(
  'diagnosis',
  {
    run: 'Run a diagnosis', runAbout: 'An expert asks the database of an agent, read-only, and judges what it says.', expert: 'Expert', start: 'Run', runAgain: 'Run again',
    pickAgent: 'Pick an agent', pickAgentHow: 'Its past reports are listed here.', cancelled: 'Cancelled.', past: 'Past reports', noReports: 'No report yet', noReportsHow: 'Run a diagnosis to get the first one.', noReportsRead: 'An operator can run a diagnosis.',
    score: 'Score', scoreOf: '{{score}} of 100', noScore: 'no score', level: 'Level', summary: 'Summary', when: 'When', report: 'Report', allExperts: 'All experts', history: 'Scores over time', points: 'Points',
    EXCELLENT: 'excellent', GOOD: 'good', FAIR: 'fair', POOR: 'poor', UNKNOWN: 'unknown', HEALTHY: 'healthy', WARNING: 'warning', CRITICAL: 'critical',
    findings: 'Findings', noFindings: 'Nothing was found.', advice: 'Advice', adviceHow: 'For people; nothing of it is ever executed.', evidence: 'Evidence', row: 'Row', column: 'Column', threshold: 'Should be', statement: 'Statement',
    deductions: 'Deductions', deductionsAbout: '100 minus these is the score.', code: 'Code', reason: 'Reason', statements: 'Statements', statementsAbout: 'What was asked of the database, and what became of it.', rows: 'Rows', cut: '{{rows}}, cut',
    took: 'Took', problem: 'Problem', ok: 'ok', failed: 'failed', incomplete: 'incomplete', skipped: 'skipped', facts: 'Facts', fact: 'Fact', notes: 'Notes', omitted: '{{count}} more rows were left out.',
    nextCheck: 'Look again after {{time}}', bundle: 'Evidence bundle', gathered: 'Gathered in {{time}}', version: 'Version {{version}}', sortBy: 'Sort by {{column}}', back: 'All reports of {{agent}}',
    difference: 'Since the last report', differenceOf: 'Compared with {{time}}', same: 'Nothing has changed.', firstReport: 'This is the first report of this expert here.', isNew: 'New', isGone: 'Gone', isChanged: 'Changed', before: 'Before', now: 'Now',
    scoreFrom: 'Score {{before}} → {{now}}', severityFrom: '{{before}} → {{now}}',
  },
  {
    run: '运行诊断', runAbout: '专家以只读方式查询代理的数据库，并给出判断。', expert: '专家', start: '运行', runAgain: '重新运行',
    pickAgent: '请选择代理', pickAgentHow: '其历史报告将显示在这里。', cancelled: '已取消。', past: '历史报告', noReports: '还没有报告', noReportsHow: '运行一次诊断即可得到第一份报告。', noReportsRead: '操作员可以运行诊断。',
    score: '得分', scoreOf: '{{score}} / 100', noScore: '无得分', level: '等级', summary: '摘要', when: '时间', report: '报告', allExperts: '全部专家', history: '得分趋势', points: '扣分',
    EXCELLENT: '优秀', GOOD: '良好', FAIR: '一般', POOR: '较差', UNKNOWN: '未知', HEALTHY: '健康', WARNING: '警告', CRITICAL: '严重',
    findings: '发现的问题', noFindings: '没有发现问题。', advice: '建议', adviceHow: '仅供人工参考，系统不会执行。', evidence: '证据', row: '行', column: '列', threshold: '应为', statement: '语句',
    deductions: '扣分项', deductionsAbout: '100 减去各项扣分即为得分。', code: '代码', reason: '原因', statements: '取证语句', statementsAbout: '向数据库执行的查询及其结果。', rows: '行数', cut: '{{rows}}（已截断）',
    took: '耗时', problem: '问题', ok: '成功', failed: '失败', incomplete: '不完整', skipped: '已跳过', facts: '事实', fact: '名称', notes: '说明', omitted: '另有 {{count}} 行未显示。',
    nextCheck: '建议 {{time}}后复查', bundle: '证据包', gathered: '取证耗时 {{time}}', version: '版本 {{version}}', sortBy: '按 {{column}} 排序', back: '{{agent}} 的全部报告',
    difference: '与上次报告相比', differenceOf: '对比 {{time}} 的报告', same: '没有变化。', firstReport: '这是该专家在此处的第一份报告。', isNew: '新增', isGone: '消失', isChanged: '变化', before: '之前', now: '现在',
    scoreFrom: '得分 {{before}} → {{now}}', severityFrom: '{{before}} → {{now}}',
  },
);
