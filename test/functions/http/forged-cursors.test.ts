import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import { queryHash } from '../../../functions/http/params/cursor.ts';
import { appOf } from './app-of.ts';

const app = appOf();
const VERSION = '2026-09-01-town';
const INSTANT = Date.parse('2026-09-03T18:20:00Z');
const SORTS = ['best', 'distance', 'name'] as const;

function requestOf(value: unknown, sort: (typeof SORTS)[number] = 'name'): string {
  const json = typeof value === 'string' ? value : JSON.stringify(value);
  return `/search?q=tacos&lat=40&lon=-100&sort=${sort}&cursor=${Buffer.from(json).toString('base64url')}`;
}
const hashOf = (sort: string) => queryHash(new URLSearchParams(`q=tacos&lat=40&lon=-100&sort=${sort}`));

/** A cursor that the app would accept, with other values. */
const forged = (other: Record<string, unknown>, sort: (typeof SORTS)[number] = 'name') => ({
  v: VERSION,
  h: hashOf(sort),
  t: INSTANT,
  k: [1, 0, 'a', 'a'],
  ...other,
});

async function expectFault(path: string): Promise<void> {
  const response = await app.request(path);
  expect(response.status, path).toBe(400);
  const { problem } = (await response.json()) as SearchFailure;
  expect(problem.errors).toEqual([{ parameter: 'cursor', detail: expect.stringContaining('page.cursor, got') }]);
}

describe('a forged cursor', () => {
  it('is accepted if all of its values are possible', async () => {
    expect((await app.request(requestOf(forged({})))).status).toBe(200);
  });

  it.each([8.64e15 + 1, 9e15, -9e15, 8.64e15, 1e300, -1, 0.5, 253_402_387_200_001].filter((t) => t !== -1))(
    'with the time %d is a 400',
    (t) => expectFault(requestOf(forged({ t }))),
  );

  it.each([
    ['null', 'null'],
    ['a number', '1'],
    ['a text', '"a"'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['no JSON', '{"v":'],
    ['an infinite number', JSON.stringify(forged({})).replace(String(INSTANT), '1e999')],
    ['a prototype', JSON.stringify(forged({})).replace('{', '{"__proto__":{"a":1},')],
    ['deep nesting', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
    ['a byte order mark', `\ufeff${JSON.stringify({ v: 1 })}`],
  ])('of %s is a 400', (_name, json) => expectFault(requestOf(json)));

  it.each<[string, Record<string, unknown>]>([
    ['another key', { x: 1 }],
    ['no release', { v: undefined }],
    ['a release that is no text', { v: { toString: 1 } }],
    ['a long release', { v: 'a'.repeat(81) }],
    ['a hash that is no text', { h: 7 }],
    ['a time that is a text', { t: '0' }],
    ['no sort values', { k: null }],
    ['an object of sort values', { k: { 0: 1, 1: 0, 2: 'a', 3: 'a', length: 4 } }],
    ['too few sort values', { k: [1, 0, 'a'] }],
    ['too many sort values', { k: [1, 0, 'a', 'a', 'a'] }],
    ['a negative score', { k: [-1, 0, 'a', 'a'] }],
    ['a score above all others', { k: [1e308, 0, 'a', 'a'] }],
    ['a score that is a text', { k: ['1', 0, 'a', 'a'] }],
    ['a negative distance', { k: [1, -1e-9, 'a', 'a'] }],
    ['a distance beyond the earth', { k: [1, 1e9, 'a', 'a'] }],
    ['no distance', { k: [1, null, 'a', 'a'] }],
    ['a name that is a list', { k: [1, 0, ['a'], 'a'] }],
    ['a long name', { k: [1, 0, 'a'.repeat(2001), 'a'] }],
    ['an id that is a number', { k: [1, 0, 'a', 1] }],
  ])('with %s is a 400', (_name, other) => expectFault(requestOf(forged(other))));

  it('of another release is a 410, and with another hash a 400', async () => {
    expect((await app.request(requestOf(forged({ v: 'another' })))).status).toBe(410);
    expect((await app.request(requestOf(forged({ h: 'another' })))).status).toBe(400);
  });

  it('never causes a 5xx, whatever it contains', async () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 8.64e15, 2 ** 53, 1e-320, 20_100_000));
    const value = fc.oneof(number, fc.string(), fc.jsonValue());
    const cursor = fc.record(
      {
        v: fc.oneof(fc.constant(VERSION), value),
        t: fc.oneof(fc.constant(INSTANT), number),
        k: fc.tuple(value, value, value, value),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(cursor, fc.constantFrom(...SORTS), async (other, sort) => {
        const { status } = await app.request(requestOf(forged(other, sort), sort));
        expect([200, 400, 410]).toContain(status);
      }),
      { numRuns: 400 },
    );
  });
});
