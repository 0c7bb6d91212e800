import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run, startServer } from './functions/process.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text?.trim() ?? '',
}));

describe('README', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent']);
  });
  afterAll(() => server.stop());

  /** Each request with the answer that follows it, if one does. */
  const examples = blocks.flatMap(({ language, text }, at) =>
    language === 'http'
      ? [{ request: text, answer: blocks[at + 1]?.language === 'json' ? blocks[at + 1]?.text : null }]
      : [],
  );

  it('has examples', () => expect(examples.length).toBeGreaterThan(2));

  it.each(examples)('$request', async ({ request, answer }) => {
    const [, path] = /^GET (\S+)$/.exec(request) ?? [];
    const response = await fetch(`${server.url}${path}`);
    const body: unknown = await response.json();
    if (answer) expect(body).toMatchObject(JSON.parse(answer));
    else expect(response.status).toBe(200);
  });

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm (?:run )?(start|test|[a-z]+(?=`| --|\n))/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect([...Object.keys(scripts), 'ci']).toContain(name);
  });

  it('has the tables that the code has', async () => {
    expect(await run('docs', ['--check'])).toMatchObject({ code: 0, stderr: '' });
  });
});
