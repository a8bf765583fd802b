import { defineText } from '../language/language';

export const useFleetText = defineText(
  'fleet',
  {
    agents: 'Agents', firing: 'Alerts firing', processes: 'Processes', totals: 'Totals', fleet: 'Agents of the fleet',
    cpu: 'CPU', memory: 'Memory', disk: 'Disk', lastHour: 'CPU, 1 h', alerts: 'Alerts', lastSeen: 'Last seen', labels: 'Labels', worstValue: 'Fullest',
    sort: 'Order', sort_worst: 'Worst first', turn: 'Turn the order round', anyStatus: 'Any', searchHow: 'Name, host, system, label',
    matching_one: '{{count, number}} agent', matching_other: '{{count, number}} agents', keys: 'Arrow keys move through the rows, Enter opens one.',
    none: 'No agent matches', noneHow: 'Search and filters leave none of {{count}} agents.', clear: 'Show all agents',
    empty: 'No agent has been enrolled yet', emptyHow: 'Run this on the machine to look after. It asks for an enrolment token, which the settings issue.',
    emptyManual: 'Issue an enrolment token in the settings, and start the agent on the machine to look after.', emptyAsk: 'Ask an admin of your tenant to enrol one.',
    toEnrolment: 'To enrolment', installCommand: 'Install command',
  },
  {
    agents: '代理', firing: '触发中的告警', processes: '进程', totals: '汇总', fleet: '代理列表',
    cpu: 'CPU', memory: '内存', disk: '磁盘', lastHour: 'CPU（1 小时）', alerts: '告警', lastSeen: '最近上报', labels: '标签', worstValue: '最高占用',
    sort: '排序', sort_worst: '最差优先', turn: '反转排序', anyStatus: '不限', searchHow: '名称、主机、系统、标签',
    matching_other: '{{count, number}} 个代理', keys: '方向键在行间移动，回车打开。',
    none: '没有匹配的代理', noneHow: '共 {{count}} 个代理，均不符合当前搜索和筛选条件。', clear: '显示全部代理',
    empty: '还没有接入代理', emptyHow: '在要管理的机器上运行以下命令。接入令牌在设置中签发。',
    emptyManual: '请先在设置中签发接入令牌，然后在要管理的机器上启动代理。', emptyAsk: '请联系租户管理员接入代理。',
    toEnrolment: '前往接入设置', installCommand: '安装命令',
  },
);
