import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run, startServer } from './fixtures/server-process.ts';

/** The files whose examples are requests. */
const READMES = ['README.md', 'functions/http/README.md'].map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const MARKDOWN = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' }).trim().split('\n');

/** Each request with the response after it, if there is one. */
const examples = READMES.flatMap(({ path, text: markdown }) => {
  const blocks = [...markdown.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
    language,
    text: text.trim(),
  }));
  return blocks.flatMap(({ language, text }, at) => {
    if (language !== 'http') return [];
    const next = blocks[at + 1];
    return [{ path, request: text, answer: next && ['json', 'csv', 'ics'].includes(next.language) ? next : null }];
  });
});

/** The part of a response that an example shows: its keys, and the first entries of a list. An empty list is complete. */
function partOf(value: unknown, shown: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(shown)) {
    return shown.length === 0 ? value : shown.map((one, at) => partOf(value[at], one));
  }
  if (typeof value !== 'object' || value === null || typeof shown !== 'object' || shown === null) return value;
  return Object.fromEntries(
    Object.entries(shown).map(([key, one]) => [key, partOf((value as Record<string, unknown>)[key], one)]),
  );
}

describe('the READMEs', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent']);
  });
  afterAll(() => server.stop());

  it('have examples', () => expect(examples.filter(({ answer }) => answer).length).toBeGreaterThan(8));

  it.each(examples)('$path: $request', async ({ request, answer }) => {
    const [, path] = /^GET (\S+)$/.exec(request) ?? [];
    const response = await fetch(`${server.url}${path}`);
    const text = await response.text();
    if (!answer) expect(response.status).toBe(200);
    else if (answer.language === 'json') {
      const shown: unknown = JSON.parse(answer.text);
      expect(partOf(JSON.parse(text), shown)).toEqual(shown);
    } else expect(text.split('\r\n')).toEqual(expect.arrayContaining(answer.text.split('\n')));
  });

  it('name only commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = MARKDOWN.flatMap((path) =>
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
});
