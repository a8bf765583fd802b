import { defineText } from '../language/language';

export const useSessionText = defineText(
  'session',
  {
    signIn: 'Sign in', tenant: 'Tenant', tenantHow: 'Leave it empty to sign in as a platform user.', name: 'Name', password: 'Password',
    signInWith: 'Sign in with {{name}}', or: 'or', needsTenant: 'Name the tenant first.',
    setup: 'This centre has no user yet. Its log shows a one-time link to make the first one (see “first run” in docs/people.md).',
    welcome: 'Welcome to Outrider', welcomeHow: 'Choose a password for {{name}}.', welcomeFirst: 'Make the first user of this centre: it manages tenants.',
    newPassword: 'New password', repeat: 'Once more', tooShort: 'At least 12 characters.', differs: 'The two differ.', begin: 'Begin',
    noToken: 'This link is not whole. Copy it again from where you got it.',
    account: 'Your account', role: 'Role', current: 'Present password', change: 'Change password', changed: 'The password is changed; other sessions have ended.',
    sessions: 'Sessions', sessionsHow: 'Where you are signed in.', thisOne: 'this one', client: 'Program', address: 'Address', lastSeen: 'Last seen',
    end: 'End', ended: 'The session has ended.', everywhere: 'Sign out everywhere', kindKey: 'This page uses an API key, not a user.',
    oauth_unknown_identity: 'No user of this tenant has that identity.',
    oauth_failed: 'The sign-in at the provider did not work: {{code}}.',
  },
  {
    signIn: '登录', tenant: '租户', tenantHow: '平台用户登录时留空。', name: '用户名', password: '密码',
    signInWith: '使用 {{name}} 登录', or: '或', needsTenant: '请先填写租户。',
    setup: '该中心还没有用户。中心的日志里有一个一次性链接，用于创建第一个用户（见 docs/people.md 的首次运行一节）。',
    welcome: '欢迎使用 Outrider', welcomeHow: '请为 {{name}} 设置密码。', welcomeFirst: '创建该中心的第一个用户，用于管理租户。',
    newPassword: '新密码', repeat: '再次输入', tooShort: '至少 12 个字符。', differs: '两次输入不一致。', begin: '开始使用',
    noToken: '链接不完整，请重新复制。',
    account: '我的账户', role: '角色', current: '当前密码', change: '修改密码', changed: '密码已修改，其他会话已结束。',
    sessions: '会话', sessionsHow: '您的登录位置。', thisOne: '当前会话', client: '程序', address: '地址', lastSeen: '最近活动',
    end: '结束', ended: '会话已结束。', everywhere: '在所有设备上退出', kindKey: '当前使用的是 API 密钥，不是用户。',
    oauth_unknown_identity: '该租户没有使用此身份的用户。',
    oauth_failed: '在身份提供方登录失败：{{code}}。',
  },
);
