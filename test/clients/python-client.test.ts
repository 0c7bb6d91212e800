import { describe, expect, it } from 'vitest';
import { expectedAnswers } from './expected-answers.ts';
import { CLIENT_TIMEOUT_MS, clientFixture } from './generated-client.ts';
import { areToolsMissing } from './missing-tools.ts';
import { hasPythonTools, VENV } from './pinned-tools.ts';

const noPythonTools = areToolsMissing(hasPythonTools(), 'openapi-python-client');

describe.skipIf(noPythonTools)('openapi-python-client, given the served /openapi.json,', () => {
  const { client, serverUrl } = clientFixture();

  it(
    'leaves nothing out, and its client reads every response',
    async () => {
      await client.generate('python', serverUrl(), '--fail-on-warning');
      client.add('client.py', 'curbside-python/client.py');
      const answers = JSON.parse(await client.run(`${VENV}/bin/python`, 'curbside-python/client.py', serverUrl()));
      expect(answers).toEqual(await expectedAnswers(serverUrl()));
    },
    CLIENT_TIMEOUT_MS,
  );
});
