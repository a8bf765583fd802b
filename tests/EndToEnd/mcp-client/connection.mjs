// Opens the official client over either transport, from the command line's options.
import { parseArgs } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Options that every script takes; `more` are the script's own. Exits with its usage when one is missing. */
export function options(usage, more = {}) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: process.env.OUTRIDER_URL },
      key: { type: 'string', default: process.env.OUTRIDER_KEY },
      tenant: { type: 'string' },
      transport: { type: 'string', default: 'http' },
      ...more,
    },
  });
  if (!values.url || !values.key || !['http', 'sse'].includes(values.transport)) {
    console.error(usage);
    process.exit(2);
  }
  return values;
}

export function headers({ key, tenant }) {
  return { 'X-API-Key': key, ...(tenant ? { 'X-Tenant-ID': tenant } : {}) };
}

export function transport(values, extra = {}) {
  const init = { requestInit: { headers: headers(values) }, ...extra };
  return values.transport === 'sse'
    ? new SSEClientTransport(new URL('/sse', values.url), init)
    : new StreamableHTTPClientTransport(new URL('/mcp', values.url), init);
}

export async function connect(values, extra = {}) {
  const client = new Client({ name: 'outrider-check', version: '1.0.0' });
  client.onerror = () => {}; // What matters is thrown by the call that it concerns.
  await client.connect(transport(values, extra));
  return client;
}
