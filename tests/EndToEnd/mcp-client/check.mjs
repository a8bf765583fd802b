// Tries everything that Outrider's MCP front door promises, with the official client, against a running centre that has an agent online.
// Prints one JSON object: {"ok": …, "transport": …, "checks": [{"name", "ok", "ms", "detail"}]}; the status is 0 when all is well.
//   node check.mjs --url http://127.0.0.1:8080 --key ork.… [--transport http|sse] [--agent NAME] [--sql STATEMENT]
//     [--slow-sql STATEMENT]   one that runs for long: tries cancellation by it
//     [--other-key KEY]        a key of another tenant: tries that it sees nothing of this one's
import assert from 'node:assert/strict';
import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { connect, headers, options, transport } from './connection.mjs';

const values = options(
  'Usage: node check.mjs --url URL --key KEY [--transport http|sse] [--agent NAME] [--sql SQL] [--slow-sql SQL] [--other-key KEY]',
  {
    agent: { type: 'string' },
    sql: { type: 'string', default: 'SELECT 1' },
    'slow-sql': { type: 'string' },
    'other-key': { type: 'string' },
  });

const checks = [];
async function check(name, body) {
  const start = performance.now();
  const done = (ok, detail) => checks.push({ name, ok, ms: Math.round(performance.now() - start), detail });
  try {
    done(true, await body());
  } catch (error) {
    done(false, error?.stack ?? String(error));
  }
}

const text = result => result.content.map(part => part.text).join('\n');
const call = (client, name, args = {}, more = {}) => client.callTool({ name, arguments: args }, undefined, more);
async function good(client, name, args, more) {
  const result = await call(client, name, args, more);
  assert.ok(!result.isError, text(result));
  assert.ok(text(result).length > 0);
  assert.ok(result.structuredContent);
  return result.structuredContent;
}
async function bad(client, name, args, code) {
  const result = await call(client, name, args);
  assert.equal(result.isError, true);
  assert.match(text(result), new RegExp(code));
  assert.match(text(result), /Next: /);
  return text(result);
}

let client;
await check('initialize', async () => {
  client = await connect(values);
  assert.equal(client.getServerVersion().name, 'outrider');
  assert.ok(client.getServerCapabilities().tools);
  assert.match(client.getInstructions(), /list_agents/);
  return client.getServerVersion();
});
if (!client) finish();

await check('ping', () => client.ping());
let tools = [];
await check('list tools', async () => {
  ({ tools } = await client.listTools());
  for (const tool of tools) {
    assert.ok(tool.title && tool.description, tool.name);
    assert.equal(tool.inputSchema.type, 'object');
    assert.equal(tool.outputSchema.type, 'object');
    assert.equal(tool.annotations.readOnlyHint, !['create_rule', 'silence_alert', 'run_task', 'cancel_task', 'approve_task'].includes(tool.name));
  }
  for (const name of ['list_agents', 'get_agent', 'run_sql', 'list_metrics', 'query_metrics', 'compare_agents', 'top_processes', 'list_experts',
    'list_alerts', 'explain_alert', 'create_rule', 'silence_alert', 'run_task', 'get_task', 'cancel_task', 'tail_task', 'approve_task', 'diagnose_storage', 'analyze_storage_amplification'])
    assert.ok(tools.some(tool => tool.name === name), `${name} is missing`);
  return tools.map(tool => tool.name);
});
await check('prompts and resources are empty lists', async () => {
  assert.deepEqual((await client.listPrompts()).prompts, []);
  assert.deepEqual((await client.listResources()).resources, []);
});

let agent = values.agent;
await check('list_agents', async () => {
  const { agents } = await good(client, 'list_agents');
  agent ??= agents.find(one => one.status === 'online')?.name;
  assert.ok(agents.some(one => one.name === agent), `agent ${agent} is not among ${agents.map(one => one.name)}`);
  return agents.map(one => `${one.name} ${one.status}`);
});
await check('get_agent', async () => assert.equal((await good(client, 'get_agent', { agent })).name, agent));
await check('run_sql', async () => {
  const rows = await good(client, 'run_sql', { agent, sql: values.sql, max_rows: 5 });
  assert.equal(rows.agent, agent);
  assert.equal(rows.row_count, rows.rows.length);
  assert.ok(rows.rows.every(row => row.length === rows.columns.length));
  return rows;
});

await check('list_metrics', async () => {
  const { metrics } = await good(client, 'list_metrics', { agent, match: 'host_*' });
  assert.ok(metrics.every(metric => metric.metric.startsWith('host_') && metric.series > 0));
  return metrics.length;
});
const cpu = 'host_cpu_percent_normalized';
await check('query_metrics', async () => {
  const range = await good(client, 'query_metrics', { agent, metric: cpu, period: '1h' });
  assert.equal(range.unit, 'percent');
  assert.ok(range.times.length <= 61);
  for (const series of range.series) assert.equal(series.values.length, range.times.length);
  return range.series.map(series => series.summary);
});
await check('compare_agents', async () => {
  const compared = await good(client, 'compare_agents', { agents: [agent], metric: cpu, period: '1h', previous: 1 });
  assert.deepEqual(compared.agents, [agent]);
  assert.equal(compared.periods.length, 2);
});
await check('top_processes', async () => {
  const { processes } = await good(client, 'top_processes', { agent, limit: 3 });
  assert.ok(processes.length <= 3);
  return processes.map(process => process.name);
});
await check('list_alerts', async () => {
  const { alerts } = await good(client, 'list_alerts', { history: true, period: '1d' });
  return alerts.map(alert => alert.condition);
});
await check('unknown alert says what next', () => bad(client, 'explain_alert', { alert: 'none' }, 'alert_not_found'));
await check('unknown metric says what next', () => bad(client, 'query_metrics', { agent, metric: 'no_such_metric' }, 'metric_not_found'));

let experts = [];
await check('list_experts', async () => {
  ({ experts } = await good(client, 'list_experts'));
  assert.ok(experts.length > 0);
  return experts.map(expert => expert.tool);
});
for (const expert of experts) {
  await check(`${expert.tool}, with progress`, async () => {
    const [result, steps] = await withProgress(() => call(client, expert.tool, { agent, fresh: true }, { onprogress: () => {} }));
    if (result.isError && /expert_not_applicable/.test(text(result))) return 'not applicable to this cluster';
    assert.ok(!result.isError, text(result));
    const report = result.structuredContent;
    assert.equal(report.expert, expert.name);
    assert.equal(report.agent, agent);
    for (const finding of report.findings)
      assert.ok(finding.code && finding.message && finding.evidence.length > 0, JSON.stringify(finding));
    assert.ok(steps.length > 0, 'no progress came');
    assert.ok(steps.every((step, i) => i === 0 || step.progress > steps[i - 1].progress), 'progress must rise');
    const details = expert.arguments.some(one => one.name === 'include_details') ? { include_details: true } : {};
    const again = await good(client, expert.tool, { agent, ...details });
    assert.equal(again.cached, true);
    return { score: report.score, status: report.status, findings: report.findings.map(finding => finding.code), steps: steps.length };
  });
}

await check('unknown tool is -32602', () => assert.rejects(call(client, 'no_such_tool'), error => error instanceof McpError && error.code === -32602));
await check('unknown method is -32601', () => assert.rejects(
  client.request({ method: 'no/such' }, { parse: value => value, safeParse: data => ({ success: true, data }) }), { code: -32601 }));
await check('missing argument is named', () => bad(client, 'run_sql', { agent }, "'sql'"));
await check('unknown argument is named', () => bad(client, 'run_sql', { agent, sql: values.sql, limit: 1 }, "'limit'"));
await check('unknown agent says what next', () => bad(client, 'get_agent', { agent: 'no-such-agent' }, 'agent_not_found'));
await check('calls at the same time', async () => {
  const results = await Promise.all(Array.from({ length: 8 }, () => good(client, 'run_sql', { agent, sql: values.sql })));
  // Not their cells: what a database says of itself may change within a second.
  assert.equal(new Set(results.map(result => JSON.stringify([result.columns, result.row_count]))).size, 1);
});
if (values['slow-sql']) {
  await check('cancellation', async () => {
    const stop = new AbortController();
    const { send } = client.transport;
    let accepted;
    client.transport.send = (...message) => (accepted = send.apply(client.transport, message));
    const running = call(client, 'run_sql', { agent, sql: values['slow-sql'] }, { signal: stop.signal });
    running.catch(() => {});
    client.transport.send = send;
    assert.ok(accepted);
    await accepted; // Two requests may overtake each other: a cancellation that comes first finds nothing to cancel.
    stop.abort('enough');
    await assert.rejects(running, /enough/); // By this, not by the client's own time-out.
    await good(client, 'run_sql', { agent, sql: values.sql });
  });
}
await check('a wrong key is refused', async () => {
  await assert.rejects(connect({ ...values, key: 'ork.nobody.none.wrong' }));
});
await check('a forged tenant is refused', async () => {
  await assert.rejects(connect({ ...values, tenant: 'somebody-else' }));
});
if (values['other-key']) {
  await check("another tenant sees none of this one's agents", async () => {
    const other = await connect({ ...values, key: values['other-key'] });
    const { agents } = await good(other, 'list_agents');
    assert.ok(!agents.some(one => one.name === agent));
    await bad(other, 'run_sql', { agent, sql: values.sql }, 'agent_not_found');
    await other.close();
  });
}
await (values.transport === 'http' ? checkSessions() : checkStream());
await client.close();
finish();

/**
 * The result of a call, and the progress notifications that came before it. Taken where they arrive: the SDK drops those that it reads
 * in one piece with the result, as happens when a diagnosis takes a millisecond.
 */
async function withProgress(body) {
  const steps = [];
  const receive = client.transport.onmessage;
  client.transport.onmessage = (message, extra) => {
    if (message.method === 'notifications/progress') steps.push(message.params);
    receive(message, extra);
  };
  try {
    return [await body(), steps];
  } finally {
    client.transport.onmessage = receive;
  }
}

/** Streamable HTTP: a session outlives its connections, and a call needs none. */
async function checkSessions() {
  await check('reconnect to a session', async () => {
    const sessionId = client.transport.sessionId;
    assert.match(sessionId, /^[\w-]{22,}$/);
    await client.close();
    client = await connect(values, { sessionId });
    client.transport.setProtocolVersion('2025-11-25');
    assert.equal((await client.listTools()).tools.length, tools.length);
    assert.equal(client.transport.sessionId, sessionId);
  });
  await check('an ended session is gone, a new one starts', async () => {
    const sessionId = client.transport.sessionId;
    await client.transport.terminateSession();
    await client.close();
    const late = transport(values, { sessionId });
    await late.start();
    await assert.rejects(async () => { // The node that gets this may hear of the end a moment later.
      for (let id = 1; id <= 1000; id++) await late.send({ jsonrpc: '2.0', id, method: 'ping' });
    }, /404|session/i);
    await late.close();
    client = await connect(values);
    assert.notEqual(client.transport.sessionId, sessionId);
  });
  await check('without a session', async () => {
    const response = await fetch(new URL('/mcp', values.url), {
      method: 'POST',
      headers: { ...headers(values), 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 'a', method: 'tools/call', params: { name: 'list_agents', arguments: {} } }),
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('mcp-session-id'), null);
    const data = (await response.text()).split('\n').find(line => line.startsWith('data: '));
    assert.equal(JSON.parse(data.slice(6)).id, 'a');
  });
}

/** HTTP with SSE: the stream is the session. */
async function checkStream() {
  await check('a new stream after the old one', async () => {
    await client.close();
    client = await connect(values);
    assert.equal((await client.listTools()).tools.length, tools.length);
  });
  await check('a message to a stream that is gone is refused', async () => {
    const response = await fetch(new URL('/messages?sessionId=gone', values.url), {
      method: 'POST', headers: { ...headers(values), 'Content-Type': 'application/json' }, body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    });
    assert.equal(response.status, 404);
  });
}

function finish() {
  const ok = checks.every(one => one.ok);
  console.log(JSON.stringify({ ok, transport: values.transport, checks }, null, 2));
  process.exit(ok ? 0 : 1);
}
