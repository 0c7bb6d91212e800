import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, examplesOf, expectExample } from './fixtures/doc-examples.ts';
import { type Running, startServer } from './fixtures/server-process.ts';
import { copyProject, type ProjectCopy } from './infra/build/project-copy.ts';

const BLOCKS = blocksOf('CONTRIBUTING.md');

/** The shell commands of the worked examples: those after the first diff. */
const COMMANDS = BLOCKS.slice(BLOCKS.findIndex(({ language }) => language === 'diff'))
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'));

/** The examples build once and run three folders of tests; all of it takes half a minute on two idle cores. */
const TIMEOUT_MS = 300_000;

describe('the worked examples of CONTRIBUTING.md', () => {
  let copy: ProjectCopy;
  const inCopy = (command: string, args: readonly string[], input = '') =>
    execFileSync(command, args, { cwd: copy.root, input, encoding: 'utf8', env: { ...process.env, CI: '' } });
  let server: Running;
  beforeAll(() => {
    copy = copyProject();
    const filter = (path: string) => basename(path) !== 'node_modules';
    for (const path of ['test', 'README.md', 'biome.json'])
      cpSync(path, `${copy.root}/${path}`, { recursive: true, filter });
  });
  afterAll(async () => {
    await server?.stop();
    copy.remove();
  });

  it(
    'are diffs of the current code',
    () => {
      const diffs = BLOCKS.filter(({ language }) => language === 'diff');
      expect(diffs).toHaveLength(4);
      for (const { text } of diffs) inCopy('git', ['apply', '--whitespace=nowarn', '-'], `${text}\n`);
      inCopy('npm', ['run', '--silent', 'types']);
    },
    TIMEOUT_MS,
  );

  it.each(COMMANDS)(
    '%s',
    (command) => {
      const [program = '', ...args] = command.split(' ');
      inCopy(program, args);
    },
    TIMEOUT_MS,
  );

  it(
    'return what the document shows',
    async () => {
      inCopy('npm', ['run', '--silent', 'build']);
      server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent'], {}, `${copy.root}/dist/server.js`);
      const examples = examplesOf('CONTRIBUTING.md');
      expect(examples).toHaveLength(3);
      for (const example of examples) await expectExample(server.url, example);
    },
    TIMEOUT_MS,
  );
});
