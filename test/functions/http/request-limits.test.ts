import { describe, expect, it } from 'vitest';
import type { Problem, SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { appOf } from './app-of.ts';

const app = appOf();
/** The app without the check against the document, which has no OPTIONS. */
const { fetch } = appOf();
const failure = async (path: string, status: number) => {
  const response = await app.request(path);
  expect(response.status).toBe(status);
  return ((await response.json()) as SearchFailure).problem;
};
const many = (count: number, of: (at: number) => string) => Array.from({ length: count }, (_, at) => of(at)).join('&');

describe('limits of a request', () => {
  it('allow 200 parameters', async () => {
    const { detail } = await failure(`/search?q=tacos&${many(200, (at) => `x${at}=1`)}`, 400);
    expect(detail).toBe('The query has 201 parameters; at most 200 are accepted');
    expect((await app.request(`/search?q=tacos&${many(199, (at) => `x${at}=1`)}`)).status).toBe(200);
    const response = await app.request(`/suggest?q=a&${many(1_000, () => 'x')}`);
    expect([response.status, ((await response.json()) as Problem).detail]).toEqual([
      400,
      'The query has 1001 parameters; at most 200 are accepted',
    ]);
  });

  it('list 20 faults, and say how many more there are', async () => {
    const { errors, detail } = await failure(`/search?${many(150, () => 'q=a')}`, 400);
    expect(errors).toHaveLength(20);
    expect(detail).toMatch(/; and 129 more faults: errors lists the first 20$/);
    expect(detail.length).toBeLessThan(1_000);
  });

  it('repeat at most 60 characters of a value, a name, a path and a method', async () => {
    const long = 'x'.repeat(2_500);
    const { detail, errors } = await failure(`/search?q=${long}&lat=${long}&cursor=${long.slice(0, 2_000)}`, 400);
    expect(errors).toHaveLength(4);
    expect(detail.length).toBeLessThan(600);
    const found = (await (await app.request(`/search?q=tacos&${long}=1`)).json()) as SearchResponse;
    expect(found.warnings).toEqual([`unknown parameter "${'x'.repeat(60)}…" was ignored`]);
    for (const path of [
      `/${long}`,
      `/trucks/${long}`,
      `/data/${long}/${long}`,
      `/trucks/taco-corner.ics?place=${long}`,
    ]) {
      const problem = (await (await app.request(path)).json()) as Problem;
      expect(problem.detail.length, path.slice(0, 20)).toBeLessThan(260);
    }
  });

  it('give 20 warnings, and say how many more there are', async () => {
    const { warnings } = (await (
      await app.request(`/search?q=tacos&${many(150, (at) => `x${at}`)}`)
    ).json()) as SearchResponse;
    expect(warnings).toHaveLength(20);
    expect(warnings.at(-1)).toBe('131 more warnings are left out');
    const names = (prefix: string) => Array.from({ length: 20 }, (_, at) => `${prefix}${at}`).join(',');
    const path = `/search?area=${names('a')}&category=${names('b')}&facility=${names('c')}`;
    const found = (await (await app.request(path)).json()) as SearchResponse;
    expect(found.warnings.at(-1)).toBe('41 more warnings are left out');
  });

  it('allow 20 values of a list', async () => {
    for (const name of ['exclude', 'area', 'category', 'facility', 'facets', 'fields']) {
      const { errors } = await failure(`/search?q=tacos&${name}=${'open,'.repeat(21)}`, 400);
      expect(errors).toEqual([{ parameter: name, detail: expect.stringMatching(/\b20\b/) }]);
    }
  });

  it('allow 8192 characters of a URL', async () => {
    const start = '/search?q=tacos&x=';
    expect((await app.request(start.padEnd(8_192, 'x'))).status).toBe(200);
    const { detail, type } = await failure(start.padEnd(8_193, 'x'), 414);
    expect([type, detail]).toEqual(['/docs#url-too-long', 'The URL has 8193 characters; at most 8192 are accepted']);
    expect((await app.request('/meta?'.padEnd(9_000, 'x'))).status).toBe(414);
  });

  it('send no link that is too long to be followed', async () => {
    const response = await app.request(`/search?q=tacos&limit=1&x=${'('.repeat(8_000)}`);
    expect(response.headers.get('Link')).toBeNull();
    expect(((await response.json()) as SearchResponse).page.cursor).toEqual(expect.any(String));
  });

  it('allow 100 names of headers in a preflight', async () => {
    const names = Array.from({ length: 120 }, (_, at) => `x-${at}`);
    const headers = { 'Access-Control-Request-Headers': ` , ${names.join(' , ')}` };
    const response = await fetch(new Request('http://town.example/search', { method: 'OPTIONS', headers }));
    expect(response.headers.get('Access-Control-Allow-Headers')?.split(',')).toEqual(names.slice(0, 99));
  });
});
