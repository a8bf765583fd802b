import type { ChannelView } from '../../api/schema';

export const channelTypes = ['webhook', 'dingtalk', 'wechat_work', 'feishu', 'slack', 'email'] as const;

export type ChannelType = (typeof channelTypes)[number];

/** A channel as it is typed: what its type doesn't have stays out of what is sent. */
export interface ChannelDraft {
  name: string;
  type: ChannelType;
  enabled: boolean;
  isDefault: boolean;
  minSeverity: NonNullable<ChannelView['min_severity']>;
  sendResolved: boolean;
  language: 'zh' | 'en';
  url: string;
  /** `name: value`, a line each. */
  headers: string;
  secret: string;
  host: string;
  port: number | string;
  security: 'none' | 'starttls' | 'tls';
  user: string;
  password: string;
  from: string;
  to: string[];
  title: string;
  content: string;
}

export function draftOf(channel: ChannelView): ChannelDraft {
  const { mail } = channel;
  return {
    name: channel.name ?? '',
    type: channel.type ?? 'webhook',
    enabled: channel.enabled ?? true,
    isDefault: channel.default ?? false,
    minSeverity: channel.min_severity ?? 'info',
    sendResolved: channel.send_resolved ?? true,
    language: channel.language ?? 'zh',
    url: channel.url ?? '',
    headers: Object.entries(channel.headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n'),
    secret: channel.secret ?? '',
    host: mail?.host ?? '',
    port: mail?.port ?? 587,
    security: mail?.security ?? 'starttls',
    user: mail?.user ?? '',
    password: mail?.password ?? '',
    from: mail?.from ?? '',
    to: mail?.to ?? [],
    title: channel.title_template ?? '',
    content: channel.content_template ?? '',
  };
}

export function channelOf(draft: ChannelDraft): ChannelView {
  return {
    type: draft.type,
    enabled: draft.enabled,
    default: draft.isDefault,
    min_severity: draft.minSeverity,
    send_resolved: draft.sendResolved,
    language: draft.language,
    title_template: draft.title || null,
    content_template: draft.content || null,
    ...(draft.type === 'email' ? { mail: mailOf(draft) } : { url: draft.url.trim() }),
    ...(draft.type === 'webhook' && { headers: parseHeaders(draft.headers) ?? {} }),
    ...(signs(draft.type) && { secret: draft.secret || null }),
  };
}

/** Whether messages of this type can be signed with a secret. */
export function signs(type: ChannelType): boolean {
  return type === 'dingtalk' || type === 'feishu';
}

/** The headers of `name: value` lines; undefined: a line is none. */
export function parseHeaders(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const at = line.indexOf(':');
    if (at < 1) return undefined;
    headers[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return headers;
}

function mailOf(draft: ChannelDraft): NonNullable<ChannelView['mail']> {
  return {
    host: draft.host.trim(), port: Number(draft.port), security: draft.security, user: draft.user || null, password: draft.password || null,
    from: draft.from.trim(), to: draft.to,
  };
}
