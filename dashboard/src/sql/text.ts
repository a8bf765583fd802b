import { defineText } from '../language/language';

export const useSqlText = defineText(
  'sql',
  {
    statement: 'Statement', editorHow: 'One statement that only reads. Ctrl+Enter runs it.', run: 'Run', share: 'Share', shared: 'The address holds agent and statement now, and is copied.',
    checking: 'Checking…', allowed: 'The guard lets it through.', refused: 'The guard refuses it', at: 'line {{line}}, column {{column}}', goThere: 'Show where', typeFirst: 'Type a statement: the guard judges it while you type.', notChecked: 'The guard could not be asked: {{problem}}',
    limits: 'Limits', maxRows: 'Rows', timeout: 'Seconds', maxBytes: 'Bytes', limitHow: 'Empty: as the agent has it. Its policy bounds them.',
    pickAgent: 'Pick an agent with a database', noDatabase: 'This agent has no database. Its owner sets one up in starrocks.env in the agent’s folder.', databaseState: '{{name}}: {{state}}', cancelled: 'Cancelled. The agent stops the statement.',
    result: 'Result', took: '{{time}} on the agent', cutRows: 'Cut: there are more rows than the limit of rows lets through.', cutBytes: 'Cut: the answer is larger than the limit of bytes lets through.', noRows: 'The answer has no rows.', noColumns: 'The statement answers no table.',
    copyCsv: 'Copy as CSV', copyTsv: 'Copy as TSV', whole: 'The whole value of {{column}}', noResult: 'No answer yet', noResultHow: 'Run a statement to see its rows here.',
    history: 'Your statements', historyHow: 'Kept in this browser only, and forgotten when you sign out.', clear: 'Clear', noHistory: 'What you run is listed here.', use: 'Use', failedRun: 'failed',
  },
  {
    statement: '语句', editorHow: '一条只读语句，按 Ctrl+Enter 运行。', run: '运行', share: '分享', shared: '地址中已包含代理和语句，并已复制。',
    checking: '检查中…', allowed: 'SQL 防护允许执行。', refused: 'SQL 防护拒绝执行', at: '第 {{line}} 行，第 {{column}} 列', goThere: '定位', typeFirst: '请输入语句，SQL 防护会在输入时给出判断。', notChecked: '无法询问 SQL 防护：{{problem}}',
    limits: '限制', maxRows: '行数', timeout: '秒', maxBytes: '字节', limitHow: '留空则使用代理的设置，并受其策略限制。',
    pickAgent: '请选择带数据库的代理', noDatabase: '该代理没有数据库。可由其所有者在代理目录的 starrocks.env 中配置。', databaseState: '{{name}}：{{state}}', cancelled: '已取消，代理将停止该语句。',
    result: '结果', took: '代理耗时 {{time}}', cutRows: '已截断：行数超过限制。', cutBytes: '已截断：结果大小超过字节限制。', noRows: '结果没有数据行。', noColumns: '该语句不返回表格。',
    copyCsv: '复制为 CSV', copyTsv: '复制为 TSV', whole: '{{column}} 的完整内容', noResult: '还没有结果', noResultHow: '运行语句后，数据将显示在这里。',
    history: '我的语句', historyHow: '仅保存在此浏览器中，退出登录后清除。', clear: '清空', noHistory: '运行过的语句会列在这里。', use: '使用', failedRun: '失败',
  },
);
