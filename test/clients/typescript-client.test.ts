import { symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedAnswers } from './expected-answers.ts';
import { CLIENT_TIMEOUT_MS, clientFixture } from './generated-client.ts';
import { areToolsMissing } from './missing-tools.ts';
import { hasNpmTools, NODE_MODULES } from './pinned-tools.ts';

const noNpmTools = areToolsMissing(hasNpmTools(), 'the npm packages of test/clients');

describe.skipIf(noNpmTools)('npm tools, given the served /openapi.json,', () => {
  const { client, serverUrl } = clientFixture();

  it(
    'openapi-typescript: the client compiles and reads every response',
    async () => {
      await client.generate('typescript', serverUrl());
      symlinkSync(NODE_MODULES, `${client.path}/node_modules`);
      writeFileSync(`${client.path}/package.json`, '{ "type": "module" }');
      for (const file of ['client.ts', 'tsconfig.json']) client.add(file, file);
      await client.run('node', `${NODE_MODULES}/typescript/bin/tsc`, '--project', '.');
      const answers = JSON.parse(await client.run('node', 'compiled/client.js', serverUrl()));
      expect(answers).toEqual(await expectedAnswers(serverUrl()));
    },
    CLIENT_TIMEOUT_MS,
  );

  it(
    'redocly lint: no errors and no warnings',
    async () => {
      writeFileSync(`${client.path}/openapi.json`, await (await fetch(`${serverUrl()}/openapi.json`)).text());
      const redocly = `${NODE_MODULES}/.bin/redocly`;
      const report = await client.run(redocly, 'lint', '--extends', 'recommended', '--format', 'json', 'openapi.json');
      const { totals, problems } = JSON.parse(report) as { totals: object; problems: object[] };
      expect(problems).toEqual([]);
      expect(totals).toMatchObject({ errors: 0, warnings: 0, ignored: 0 });
    },
    CLIENT_TIMEOUT_MS,
  );
});
