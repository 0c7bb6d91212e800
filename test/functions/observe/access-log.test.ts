import { describe, expect, it } from 'vitest';
import { createEventHandler } from '../../../functions/aws/lambda-adapter.ts';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { EngineError } from '../../../functions/engine/engine.ts';
import { type AppDeps, createApp } from '../../../functions/http/app.ts';
import { toPlainResponse } from '../../../functions/http/middleware/plain-response.ts';
import { createAccessLog, personalDataOf } from '../../../functions/observe/access-log.ts';
import { createBatchedWriter } from '../../../functions/observe/batched-writer.ts';
import { createEmf } from '../../../functions/observe/emf.ts';
import { town } from '../../fixtures/town.ts';

type Line = Record<string, unknown>;

/** The app with a log of its requests, and the lines that it has written. */
function loggedApp(options: Partial<Parameters<typeof createAccessLog>[0]> = {}, deps: Partial<AppDeps> = {}) {
  const lines: Line[] = [];
  const engine = openEmbedded(town());
  const onRequestDone = createAccessLog({
    write: (text) =>
      lines.push(
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Line),
      ),
    now: () => Date.parse('2026-09-03T18:20:45.123Z'),
    ...options,
  });
  const app = createApp({
    engine: () => engine,
    tiles: null,
    log: () => {},
    cacheBytes: 1_000_000,
    onRequestDone,
    ...deps,
  });
  return { app, lines };
}

const base = { time: '2026-09-03T18:20:45.123Z', event: 'request', method: 'GET', status: 200, refused: null };
const release = { engine: 'embedded', release: '2026-09-01-town' };

describe('the log of requests', () => {
  it('has a line for each request, with its route instead of its path', async () => {
    const { app, lines } = loggedApp();
    const paths = [
      '/search?q=tacos',
      '/search?q=tacos',
      `/trucks/${town().vendors[0]?.id}`,
      '/trucks/nobody',
      '/suggest?q=t',
      '/secret',
    ];
    for (const path of [...paths, '/search?lat=91', '/docs']) await app.request(path);
    await app.request('/search', { method: 'OPTIONS' });
    await app.request('/search?q=tacos', { method: 'HEAD' });
    expect(lines).toMatchObject([
      { ...base, ...release, route: '/search', cache: 'miss' },
      { ...base, ...release, route: '/search', cache: 'hit', bytes: expect.any(Number) },
      { ...base, ...release, route: '/trucks/:id', cache: 'none' },
      { ...base, ...release, route: '/trucks/:id', status: 404 },
      { ...base, ...release, route: '/suggest' },
      { ...base, route: '*', status: 404, engine: null, release: null },
      { ...base, ...release, route: '/search', status: 400, cache: 'miss' },
      { ...base, route: '/docs', engine: null },
      { ...base, method: 'OPTIONS', status: 204 },
      { ...base, ...release, method: 'HEAD', route: '/search' },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/tacos|corner|nobody|secret/);
    for (const { ms } of lines) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('has the id of the response and of the other lines of the request', async () => {
    const logged: Line[] = [];
    const error = new EngineError('down');
    const fail = () => Promise.reject(error);
    const engine = {
      name: 'opensearch' as const,
      search: fail,
      counter: () => fail,
      suggest: fail,
      find: fail,
      about: fail,
    };
    const { app, lines } = loggedApp(
      {},
      { engine: () => engine, log: (event, fields) => logged.push({ event, ...fields }) },
    );
    const response = await app.request('/meta');
    const requestId = response.headers.get('X-Request-Id');
    expect(lines).toEqual([expect.objectContaining({ requestId, status: 503, engine: 'opensearch', release: null })]);
    expect(logged).toEqual([expect.objectContaining({ requestId, event: 'engine unavailable' })]);
  });

  it('has a line for what is thrown outside of the routes', async () => {
    const { app, lines } = loggedApp(
      {},
      {
        engine: () => {
          throw 'nothing';
        },
      },
    );
    const response = await app.request('/search?q=tacos');
    expect(lines).toEqual([expect.objectContaining({ status: 500, requestId: response.headers.get('X-Request-Id') })]);
  });

  it('takes an id from the caller only if it is one', async () => {
    const { app, lines } = loggedApp();
    for (const id of ['abc-1_2=', 'a"b', 'x'.repeat(256), ''])
      await app.request('/meta', { headers: { 'X-Request-Id': id } });
    expect(lines.map(({ requestId }) => requestId)).toEqual([
      'abc-1_2=',
      ...Array(3).fill(expect.stringMatching(/^[0-9a-f-]{36}$/)),
    ]);
  });

  it('takes no id from a caller that is not trusted', async () => {
    const { app, lines } = loggedApp({}, { acceptsRequestIds: false });
    for (const path of ['/search?q=tacos', '/search?q=tacos'])
      await app.request(path, { headers: { 'X-Request-Id': 'mine' } });
    expect(lines.map(({ requestId }) => requestId)).not.toContain('mine');
  });

  it('has the query and the client only if a setting says so', async () => {
    const { app, lines } = loggedApp({ personalData: personalDataOf(() => '203.0.113.9') });
    await app.request('/search?q=%22tacos%22');
    expect(lines).toEqual([expect.objectContaining({ path: '/search?q=%22tacos%22', client: '203.0.113.9' })]);
  });
});

describe('a line on AWS', () => {
  it('has the id of the invocation, and metrics without a dimension per request', async () => {
    const now = () => Date.parse('2026-09-03T18:20:45Z');
    const { app, lines } = loggedApp(
      { prefix: createEmf({ namespace: 'town', now }) },
      { toResponse: toPlainResponse },
    );
    const handle = createEventHandler(app.fetch);
    const event = (rawPath: string) => ({
      rawPath,
      rawQueryString: 'q=tacos',
      headers: {},
      requestContext: { domainName: 'a.example', http: { method: 'GET' } },
    });
    for (const path of ['/search', '/search', '/meta', '/nowhere']) await handle(event(path) as never, 'invocation-1');
    expect(lines.map(({ requestId, status_class: status, route }) => [requestId, status, route])).toEqual([
      ['invocation-1', '2xx', '/search'],
      ['invocation-1', '2xx', '/search'],
      ['invocation-1', '2xx', '/meta'],
      ['invocation-1', '4xx', '*'],
    ]);
    for (const line of lines) expectEmf(line);
    expect(lines.map((line) => line.curbside_response_cache_hits_total)).toEqual([0, 1, undefined, undefined]);
    // The town's data is from 2026-09-02T10:00:00Z. A path without a route answers from no data.
    const age = 86_400 + 8 * 3_600 + 20 * 60 + 45;
    expect(lines.map((line) => line.curbside_release_age_seconds)).toEqual([age, age, age, undefined]);
  });

  it('has only the metric that an alarm needs, if the metrics of requests are off', async () => {
    const now = () => Date.parse('2026-09-03T18:20:45Z');
    const { app, lines } = loggedApp({ prefix: createEmf({ namespace: 'town', requestMetrics: false, now }) });
    for (const path of ['/search?q=tacos', '/nowhere']) await app.request(path);
    const [search, nowhere] = ['/search', '*'].map((route) => lines.find((line) => line.route === route)) as [
      Line,
      Line,
    ];
    expectEmf(search);
    expect(namesOf(search)).toEqual(['curbside_release_age_seconds']);
    expect(search).not.toHaveProperty('status_class');
    expect(search.route).toBe('/search');
    // It has no data, and so no metric.
    expect(nowhere).not.toHaveProperty('_aws');
    expect(nowhere.status).toBe(404);
  });
});

function namesOf(line: Line): string[] {
  const { CloudWatchMetrics: sets } = line._aws as { CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
  return sets.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
}

/** The specification of the embedded metric format, as far as a line can break it. */
function expectEmf(line: Line): void {
  type MetricSet = { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] };
  const { Timestamp, CloudWatchMetrics: sets } = line._aws as { Timestamp: number; CloudWatchMetrics: MetricSet[] };
  expect(Timestamp).toBe(Date.parse('2026-09-03T18:20:45Z'));
  expect(sets.length).toBeGreaterThan(0);
  for (const { Namespace, Dimensions, Metrics } of sets) {
    expect(Namespace).toBe('town');
    expect(Dimensions.flat().filter((name) => name !== 'status_class')).toEqual([]);
    for (const name of Dimensions.flat()) expect(line[name]).toEqual(expect.any(String));
    expect(Metrics.length).toBeGreaterThan(0);
    for (const { Name, Unit } of Metrics) {
      expect(line[Name]).toEqual(expect.any(Number));
      expect(['Seconds', 'Count']).toContain(Unit);
    }
  }
}

describe('batched writes', () => {
  it('keep the order, and write the rest when they are flushed', async () => {
    const written: string[] = [];
    const { write, flush } = createBatchedWriter((text) => written.push(text));
    for (let at = 0; at < 10; at++) write(`${at}\n`);
    expect(written).toEqual([]);
    await expect.poll(() => written.join('')).toBe('0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n');
    expect(written).toHaveLength(1);
    write('x'.repeat(40_000));
    expect(written).toHaveLength(2);
    write('last');
    flush();
    flush();
    expect(written.slice(2)).toEqual(['last']);
  });
});
