import { expect, test } from 'vitest';
import { channelOf, channelTypes, draftOf, parseHeaders } from './channelDraft';

test.each([
  ['a: b\nC: d:e\n\n', { a: 'b', C: 'd:e' }],
  ['', {}],
  ['no header', undefined],
  [': x', undefined],
])('%j are headers', (text, headers) => {
  expect(parseHeaders(text)).toEqual(headers);
});

test.each(channelTypes)('what the form takes of %s it sends again', (type) => {
  const channel = {
    type, enabled: false, default: true, min_severity: 'warning' as const, send_resolved: false, language: 'en' as const, title_template: 't', content_template: null,
    ...(type === 'email'
      ? { mail: { host: 'h', port: 25, security: 'none' as const, user: null, password: null, from: 'a@b', to: ['c@d'] } }
      : { url: 'https://example.com/***' }),
    ...(type === 'webhook' && { headers: { Authorization: '***' } }),
    ...((type === 'dingtalk' || type === 'feishu') && { secret: '***' }),
  };
  expect(channelOf(draftOf({ name: 'x', ...channel }))).toEqual(channel);
});
