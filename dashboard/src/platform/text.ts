import { defineText } from '../language/language';

export const usePlatformText = defineText(
  'platform',
  {
    tenants: 'Tenants', tenant: 'Tenant', id: 'ID', idHow: '1 to 63 letters, digits, - or _; it never changes.', displayName: 'Name', nameHow: 'For people; the ID if it is left empty.', description: 'Description',
    enabled: 'enabled', disabled: 'disabled', enable: 'Enable', disable: 'Disable', disableHow: 'Users, programs and agents of {{tenant}} are refused until it is enabled again. Nothing is deleted.', isEnabled: '{{tenant}} is enabled', isDisabled: '{{tenant}} is disabled',
    create: 'New tenant', saved: 'Saved', none: 'There is no tenant yet', noneHow: 'Make one, then invite its first admin.', users: 'Platform users',
    agents: 'Agents', queries: 'Queries this month', noLimit: 'no limit', ofQuota: '{{used}} of {{quota}}', agentQuota: 'Agents at most', queryQuota: 'SQL statements a month at most', quotaHow: 'Empty: no limit.', badId: 'Only letters, digits, - and _, 63 at most.',
    profile: 'Profile', quotas: 'Quotas and usage', all: 'All tenants', agentUrl: 'Address of the agent', agentUrlHow: 'Only for set-ups in which the centre dials the agent.',
  },
  {
    tenants: '租户', tenant: '租户', id: 'ID', idHow: '1 到 63 个字母、数字、- 或 _，之后不可修改。', displayName: '名称', nameHow: '显示用，留空则使用 ID。', description: '描述',
    enabled: '启用', disabled: '停用', enable: '启用', disable: '停用', disableHow: '重新启用之前，{{tenant}} 的用户、程序和代理都将被拒绝，数据不会删除。', isEnabled: '{{tenant}} 已启用', isDisabled: '{{tenant}} 已停用',
    create: '新建租户', saved: '已保存', none: '还没有租户', noneHow: '新建一个租户，再邀请其首位管理员。', users: '平台用户',
    agents: '代理', queries: '本月查询数', noLimit: '不限', ofQuota: '{{used}} / {{quota}}', agentQuota: '代理数上限', queryQuota: '每月 SQL 语句上限', quotaHow: '留空表示不限。', badId: '只能包含字母、数字、- 和 _，最多 63 个字符。',
    profile: '基本信息', quotas: '配额与用量', all: '全部租户', agentUrl: '代理地址', agentUrlHow: '仅用于由中心主动连接代理的部署方式。',
  },
);
