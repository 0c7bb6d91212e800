import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, expectExample } from './fixtures/doc-examples.ts';
import { type Running, run, startServer } from './fixtures/server-process.ts';

const EXAMPLES = ['README.md', 'functions/http/README.md'].flatMap(examplesOf);

/** Documents whose commands and links must exist. */
const DOCUMENTS = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' }).trim().split('\n');

describe('the READMEs', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent']);
  });
  afterAll(() => server.stop());

  it('have examples', () => expect(EXAMPLES.filter(({ answer }) => answer).length).toBeGreaterThan(8));

  it.each(EXAMPLES)('$path: $request', (example) => expectExample(server.url, example));

  it('name only commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = DOCUMENTS.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bnpm (?:run (?:--silent )?([\w:]+)|(start|test)\b)/g)].map(
        ([, script, shorthand]) => `${path}: ${script ?? shorthand}`,
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((one) => !Object.hasOwn(scripts, one.slice(one.lastIndexOf(' ') + 1)))).toEqual([]);
  });

  it('have up-to-date tables', async () => {
    expect(await run('docs', ['--check'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('link only to files that exist', () => {
    for (const path of DOCUMENTS) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)) {
        expect(() => statSync(`${folder}${target}`), `${path} links to ${target}`).not.toThrow();
      }
    }
  });
});
