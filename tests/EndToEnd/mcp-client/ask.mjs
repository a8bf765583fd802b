// Calls one tool and prints its text, or with --json the whole result.
//   node ask.mjs --url http://127.0.0.1:8080 --key ork.… --tool diagnose_storage --args '{}'
import { connect, options } from './connection.mjs';

const values = options(
  'Usage: node ask.mjs --url URL --key KEY --tool NAME [--args JSON] [--transport http|sse] [--tenant ID] [--json]',
  { tool: { type: 'string', default: 'list_agents' }, args: { type: 'string', default: '{}' }, json: { type: 'boolean', default: false } });

const client = await connect(values);
await client.listTools(); // From here on the client holds results against their output schemas.
const result = await client.callTool({ name: values.tool, arguments: JSON.parse(values.args) }, undefined, {
  onprogress: step => console.error(`${step.progress}/${step.total ?? '?'} ${step.message ?? ''}`),
});
console.log(values.json ? JSON.stringify(result, null, 2) : result.content.map(part => part.text).join('\n'));
await client.close();
process.exitCode = result.isError ? 1 : 0;
