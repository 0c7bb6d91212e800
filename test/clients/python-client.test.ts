import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startServer } from '../fixtures/server-process.ts';
import { expectedAnswers } from './expected-answers.ts';
import { CLIENT_TIMEOUT_MS, ClientDirectory } from './generated-client.ts';
import { areToolsMissing } from './missing-tools.ts';
import { hasPythonTools, VENV } from './pinned-tools.ts';

const noPythonTools = areToolsMissing(hasPythonTools(), 'openapi-python-client');

describe.skipIf(noPythonTools)('openapi-python-client, given the served /openapi.json,', () => {
  let server: Running;
  const client = new ClientDirectory();
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent']);
  });
  afterAll(async () => {
    await server?.stop();
    client.remove();
  });

  it(
    'leaves nothing out, and its client reads every response',
    async () => {
      await client.generate('python', server.url, '--fail-on-warning');
      client.add('client.py', 'curbside-python/client.py');
      const answers = JSON.parse(await client.run(`${VENV}/bin/python`, 'curbside-python/client.py', server.url));
      expect(answers).toEqual(await expectedAnswers(server.url));
    },
    CLIENT_TIMEOUT_MS,
  );
});
