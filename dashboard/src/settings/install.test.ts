import { expect, test } from 'vitest';
import { exampleName, installCommand } from './install';

const newcomer = { url: 'https://centre.example', token: 'ort.acme.1.se$&cret', patterns: ['prod-*'] };

test('the centre’s command gets the token and a name that the token lets in', () => {
  const command = 'curl -fsSL https://centre.example/install.sh | sudo OUTRIDER_ENROLMENT_TOKEN=… sh -s -- --name NAME';
  expect(installCommand({ available: true, command }, newcomer))
    .toBe('curl -fsSL https://centre.example/install.sh | sudo OUTRIDER_ENROLMENT_TOKEN=ort.acme.1.se$&cret sh -s -- --name prod-1');
});

test('a centre without the program tells what to start', () => {
  const command = 'OUTRIDER_URL=https://centre.example OUTRIDER_AGENT_NAME=prod-1 OUTRIDER_ENROLMENT_TOKEN=ort.acme.1.se$&cret outrider-agent';
  expect(installCommand({ available: false, command: '' }, newcomer)).toBe(command);
  expect(installCommand(undefined, newcomer)).toBe(command);
});

test.each([['prod-*', 'prod-1'], ['*', 'agent-1'], ['db', 'db'], ['*-web', '1-web']])('%s lets in %s', (pattern, name) => {
  expect(exampleName(pattern)).toBe(name);
});
