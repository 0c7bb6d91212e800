import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run, startServer } from './fixtures/server-process.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text?.trim() ?? '',
}));

/** What an example shows of an answer: its keys, and as many entries of a list; an empty list is shown whole. */
function partOf(value: unknown, shown: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(shown)) {
    return shown.length === 0 ? value : shown.map((one, at) => partOf(value[at], one));
  }
  if (typeof value !== 'object' || value === null || typeof shown !== 'object' || shown === null) return value;
  return Object.fromEntries(
    Object.entries(shown).map(([key, one]) => [key, partOf((value as Record<string, unknown>)[key], one)]),
  );
}

describe('README', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent']);
  });
  afterAll(() => server.stop());

  /** Each request with the answer that follows it, if one does. */
  const examples = blocks.flatMap(({ language, text }, at) => {
    if (language !== 'http') return [];
    const next = blocks[at + 1];
    return [{ request: text, answer: next && ['json', 'csv', 'ics'].includes(next.language ?? '') ? next : null }];
  });

  it('has examples', () => expect(examples.filter(({ answer }) => answer).length).toBeGreaterThan(8));

  it.each(examples)('$request', async ({ request, answer }) => {
    const [, path] = /^GET (\S+)$/.exec(request) ?? [];
    const response = await fetch(`${server.url}${path}`);
    const text = await response.text();
    if (!answer) expect(response.status).toBe(200);
    else if (answer.language === 'json') {
      const shown: unknown = JSON.parse(answer.text);
      expect(partOf(JSON.parse(text), shown)).toEqual(shown);
    } else expect(text.split('\r\n')).toEqual(expect.arrayContaining(answer.text.split('\n')));
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
