import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../../infra/verify/check.ts';
import type { Clock } from '../../../infra/verify/check-outcome.ts';
import { CHECKS } from '../../../infra/verify/checks.ts';
import { CITY_CHECKS } from '../../../infra/verify/city-checks.ts';
import { createEdgeClient } from '../../../infra/verify/edge-client.ts';
import { runChecks } from '../../../infra/verify/run-checks.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';
import { type Breakage, type ProxiedAnswer, type ProxiedRequest, startEdgeProxy } from './edge-proxy.ts';

/** Time passes at once. */
let skippedMs = 0;
const clock: Clock = {
  now: () => Date.now() + skippedMs,
  sleep: async (ms) => {
    skippedMs += ms;
  },
};

type When = (answer: ProxiedAnswer, request: ProxiedRequest) => boolean;
const rewritePath = (change: (path: string) => string): Breakage => ({
  request: (request) => {
    request.path = change(request.path);
  },
});
const answerWith = (status: number, when: When): Breakage => ({
  answer: (answer, request) => {
    if (when(answer, request)) answer.status = status;
  },
});
const header = (name: string, value: string, when: When = () => true): Breakage => ({
  answer: (answer, request) => {
    if (when(answer, request)) answer.headers[name] = value;
  },
});
const withoutHeader = (name: string, when: When = () => true): Breakage => ({
  answer: (answer, request) => {
    if (when(answer, request)) delete answer.headers[name];
  },
});
const withoutRequestHeader = (name: string): Breakage => ({
  request: (request) => {
    delete request.headers[name];
  },
});
/** A page of CloudFront or S3 instead of the answer. */
const foreign = (status: number, type: string, body: string, when: When): Breakage => ({
  answer: (answer, request) => {
    if (when(answer, request))
      Object.assign(answer, { status, body: Buffer.from(body), headers: { 'content-type': type } });
  },
});

/** For each check, something that breaks it: what CloudFront, Lambda or S3 would do with a faulty template. */
const BREAKAGES: Readonly<Record<string, readonly Breakage[]>> = {
  'a plus sign in the query is a space': [
    rewritePath((path) => path.replaceAll('+', '%2B')),
    answerWith(403, (_answer, { path }) => path.includes('+')),
  ],
  'commas arrive, encoded or not': [rewritePath((path) => path.replace(/(category=\w+)(,|%2C)\w+/, '$1'))],
  'repeated keys arrive all, in their order': [rewritePath((path) => path.replace('category=mexican&', ''))],
  'characters outside of ASCII arrive in the query': [
    rewritePath((path) => path.replace('caf%C3%A9', 'caf%C3%83%C2%A9')),
  ],
  'characters outside of ASCII arrive in the path': [
    rewritePath((path) => path.replace('/trucks/caf%C3%A9', '/trucks/cafe')),
    answerWith(403, (_answer, { path }) => path.includes('%C3')),
  ],
  'every parameter is part of the cache key': [{ cacheKey: (path) => path.replace(/&?limit=\d+/, '') }],
  'a POST is refused with a problem': [
    foreign(403, 'text/html', '<H1>403 ERROR</H1>', (_answer, { method }) => method === 'POST'),
    withoutHeader('allow'),
  ],
  'an unknown path is a problem': [
    foreign(404, 'application/xml', '<Code>NoSuchKey</Code>', (_answer, { path }) => path === '/wp-login.php'),
    foreign(404, 'application/json', '{"Message":null}', ({ status }) => status === 404),
  ],
  'a wrong parameter is a problem, and is not cached': [
    header('x-cache', 'Hit from cloudfront', ({ status }) => status === 400),
    answerWith(502, ({ status }) => status === 400),
  ],
  'HEAD and preflights are answered': [
    answerWith(403, (_answer, { method }) => method === 'OPTIONS'),
    withoutHeader('access-control-allow-headers'),
  ],
  'each answer of the function has an id of its own': [
    header('x-request-id', 'the-same'),
    withoutHeader('x-request-id'),
  ],
  'browsers are told to use TLS only': [
    withoutHeader('strict-transport-security', (_answer, { path }) => path === '/'),
    withoutHeader('strict-transport-security', ({ status }) => status >= 400),
  ],
  'the page has its security headers': [
    withoutHeader('content-security-policy'),
    withoutHeader('x-content-type-options'),
  ],
  'only ?embed=1 allows other sites to embed the page': [
    rewritePath((path) => path.replace('?embed=1', '')),
    rewritePath((path) => (path === '/' ? '/?embed=1' : path)),
  ],
  'answers and scripts are compressed': [withoutRequestHeader('accept-encoding')],
  'the second request for the same answer is a hit': [{ cacheSeconds: 0 }],
  'the edge forgets an answer after half a minute': [{ cacheSeconds: 600 }],
  'a matching ETag is answered with 304': [
    { ...withoutRequestHeader('if-none-match'), cacheSeconds: 0 },
    withoutHeader('etag'),
  ],
  'hashed files are kept for a year, the page is always checked': [
    header('cache-control', 'max-age=86400', (_answer, { path }) => path === '/'),
    withoutHeader('cache-control', (_answer, { path }) => path.startsWith('/assets')),
  ],
  'warm answers, measured from here': [answerWith(429, (_answer, { path }) => path.startsWith('/search'))],
};

/** Checks of a URL with TLS, which a local server does not have. */
const NEED_TLS = ['plain HTTP is redirected', 'HTTP/2 is spoken, and HTTP/3 is offered'];

describe('the checks of aws:verify that need only a URL', () => {
  const work = mkdtempSync(`${tmpdir()}/curbside-verify-`);
  let server: Running;
  let edge: Awaited<ReturnType<typeof startEdgeProxy>>;
  beforeAll(async () => {
    const permits = ['--source', 'permits=seed/sample/permits.csv'];
    server = await startServer([...permits, '--data-dir', work, '--rate-limit', 'off', '--access-log', 'off']);
    edge = await startEdgeProxy(server.url, clock);
  });
  afterAll(async () => {
    edge?.stop();
    await server?.stop();
    rmSync(work, { recursive: true, force: true });
  });
  const run = (checks: readonly Check[]) =>
    runChecks(checks, {
      edge: createEdgeClient(edge.url),
      stack: null,
      isEmulator: false,
      clock,
      signal: new AbortController().signal,
      print: () => {},
    });

  it('pass in front of the app, and the others say what they need', async () => {
    edge.break({});
    const results = await run(CHECKS);
    const of = (wanted: string) => results.filter(({ outcome }) => outcome === wanted);
    expect(of('failed').map(({ check, detail }) => `${check.name}: ${detail}`)).toEqual([]);
    expect(of('passed').map(({ check }) => check.name)).toEqual(Object.keys(BREAKAGES));
    for (const { check, detail } of of('skipped')) {
      const reason = NEED_TLS.includes(check.name)
        ? 'the URL has no TLS'
        : CITY_CHECKS.some(({ name }) => name === check.name)
          ? 'the deployment has one city'
          : 'needs a stack: run without --url';
      expect([check.name, detail]).toEqual([check.name, reason]);
    }
  });

  it.each(Object.entries(BREAKAGES).flatMap(([name, all]) => all.map((how, at) => [name, at + 1, how] as const)))(
    '%s: fails in front of a broken edge (%i)',
    async (name, _at, how) => {
      edge.break(how);
      const [result] = await run(CHECKS.filter((check) => check.name === name));
      expect(result).toMatchObject({ outcome: 'failed', detail: expect.stringMatching(/./) });
    },
  );

  it('fail with the reason when nothing answers', async () => {
    const input = { stack: null, isEmulator: false, clock, signal: new AbortController().signal, print: () => {} };
    const url = CHECKS.filter(({ needs }) => needs === 'url');
    const results = await runChecks(url, { ...input, edge: createEdgeClient('http://127.0.0.1:1') });
    expect(results.filter(({ outcome }) => outcome !== 'failed')).toEqual([]);
    expect(results[0]?.detail).toContain('ECONNREFUSED');
  });
});

describe('the checks of several cities', () => {
  const work = mkdtempSync(`${tmpdir()}/curbside-verify-`);
  let server: Running;
  let edge: Awaited<ReturnType<typeof startEdgeProxy>>;
  beforeAll(async () => {
    const cities = ['springfield', 'shelbyville'].flatMap((id) => {
      writeFileSync(`${work}/${id}.csv`, `Id,Stall,Menu,Latitude,Longitude\n1,${id},Pierogi,40.5,-89.5\n`);
      writeFileSync(`${work}/${id}.json`, JSON.stringify({ ...minimalCity(`./${id}.csv`), name: id }));
      return ['--city', `${work}/${id}.json`];
    });
    server = await startServer([...cities, '--data-dir', `${work}/data`, '--rate-limit', 'off', '--access-log', 'off']);
    edge = await startEdgeProxy(server.url, clock);
  });
  afterAll(async () => {
    edge?.stop();
    await server?.stop();
    rmSync(work, { recursive: true, force: true });
  });
  const run = async (how: Breakage) => {
    edge.break(how);
    const signal = new AbortController().signal;
    const input = { edge: createEdgeClient(edge.url), stack: null, isEmulator: false, clock, signal, print: () => {} };
    return (await runChecks(CITY_CHECKS, input)).map(({ outcome, detail }) => [outcome, detail]);
  };

  it('pass in front of a server with two', async () => {
    expect(await run({})).toEqual([
      ['passed', 'shelbyville'],
      ['passed', 'shelbyville'],
    ]);
  });

  it.each<[string, Breakage]>([
    ['the page of the first city', rewritePath((path) => path.replace(/^\/shelbyville\/$/, '/'))],
    ['no files below the folder', answerWith(404, (_answer, { path }) => path === '/shelbyville/worker.js')],
    ['no redirect', answerWith(404, (_answer, { path }) => path === '/shelbyville')],
  ])('the first fails with %s', async (_, how) => {
    const [first] = await run(how);
    expect(first).toEqual(['failed', expect.stringMatching(/^\/shelbyville/)]);
  });

  it('the second fails if the folder or the parameter is lost on the way', async () => {
    const lost = (change: (path: string) => string) => run(rewritePath(change)).then((results) => results[1]);
    expect(await lost((path) => path.replace('/shelbyville/search', '/search'))).toEqual([
      'failed',
      '/shelbyville/search answers from the data of the first city',
    ]);
    expect(await lost((path) => path.replace('&city=shelbyville', ''))).toEqual([
      'failed',
      expect.stringContaining('?city=shelbyville answers from other data'),
    ]);
  });
});
