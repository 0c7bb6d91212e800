import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, expectExample } from './fixtures/doc-examples.ts';
import { type Running, run, startServer } from './fixtures/server-process.ts';

const EXAMPLES = ['README.md', 'functions/http/README.md'].flatMap(examplesOf);

/** Documents whose commands must exist. */
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'functions/http/README.md', 'seed/README.md', 'infra/README.md'];

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
    const text = DOCUMENTS.map((path) => readFileSync(path, 'utf8')).join('\n');
    const named = [...text.matchAll(/npm (?:run )?(start|test|[a-z]+(?::[a-z]+)?(?=`| --|\n))/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect([...Object.keys(scripts), 'ci']).toContain(name);
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
