import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedAnswers } from './expected-answers.ts';
import { CLIENT_TIMEOUT_MS, clientFixture } from './generated-client.ts';
import { areToolsMissing, runs } from './missing-tools.ts';
import { hasJar } from './pinned-tools.ts';

const noJar = areToolsMissing(hasJar(), 'openapi-generator');
const noCompilers = areToolsMissing(
  runs('java', '-version') && runs('go', 'version'),
  'Java 11 and Go 1.23, or newer',
  'install them',
);

describe.skipIf(noJar || noCompilers)('openapi-generator for Go, given the served /openapi.json,', () => {
  const { client, serverUrl } = clientFixture();

  it(
    'makes a client that compiles and reads every response',
    async () => {
      await client.generate('go', serverUrl());
      mkdirSync(`${client.path}/curbside-go/program`);
      client.add('client.go', 'curbside-go/program/main.go');
      await client.run('go', 'build', '-C', 'curbside-go', '-o', 'client', './program');
      const answers = JSON.parse(await client.run(`${client.path}/curbside-go/client`, serverUrl()));
      expect(answers).toEqual(await expectedAnswers(serverUrl()));
    },
    CLIENT_TIMEOUT_MS,
  );
});
