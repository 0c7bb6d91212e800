import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { type Engine, EngineError, type EngineSource } from '../../../functions/engine/engine.ts';
import { withFallback } from '../../../functions/engine/fallback.ts';
import { createApp } from '../../../functions/http/app.ts';
import { REFUSED } from '../../../functions/http/middleware/request-record.ts';
import { serveMetrics } from '../../../functions/observe/metrics-server.ts';
import { createPrometheus } from '../../../functions/observe/prometheus.ts';
import { town } from '../../fixtures/town.ts';

const fail = () => Promise.reject(new EngineError('down'));
const down: Engine = { name: 'opensearch', search: fail, counter: () => fail, suggest: fail, find: fail, about: fail };
const embedded = openEmbedded(town());
const DAY_LATER = () => Date.parse(town().sources[0]?.fetchedAt ?? '') + 86_400_000;

/** The engine of a process with a single city. */
const of = (engine: EngineSource) => new Map([[town().city.id, engine]]);

/** The value of a time series. */
async function sampleOf(metrics: { text: () => Promise<string> }, series: string): Promise<number | undefined> {
  const line = (await metrics.text()).split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('/metrics', () => {
  it('counts answers by route and status class, and what the cache had', async () => {
    const metrics = createPrometheus(of(() => embedded));
    const onRequestDone = metrics.observerOf('town');
    const app = createApp({ engine: () => embedded, tiles: null, log: () => {}, cacheBytes: 1_000_000, onRequestDone });
    for (const path of [
      '/search?q=tacos',
      '/search?q=tacos',
      '/search?lat=91',
      '/trucks/a',
      '/trucks/b',
      '/x/y',
      '/x/z',
    ]) {
      await app.request(path);
    }
    const count = (labels: string) => sampleOf(metrics, `curbside_http_request_duration_seconds_count{${labels}}`);
    expect(await count('route="/search",status_class="2xx"')).toBe(2);
    expect(await count('route="/search",status_class="4xx"')).toBe(1);
    expect(await count('route="/trucks/:id",status_class="4xx"')).toBe(2);
    expect(await count('route="*",status_class="4xx"')).toBe(2);
    expect(await sampleOf(metrics, 'curbside_response_cache_hits_total')).toBe(1);
    expect(await sampleOf(metrics, 'curbside_response_cache_misses_total')).toBe(2);
  });

  it('counts refused requests, and those that are being answered', async () => {
    const metrics = createPrometheus(of(() => embedded));
    const refused = { ...REFUSED, requestId: 'a', method: 'GET', durationMs: 0 };
    metrics.observerOf(null)({ ...refused, status: 503, refused: 'shed' }, null);
    metrics.observerOf(null)({ ...refused, status: 429, refused: 'limited' }, null);
    expect(await sampleOf(metrics, 'curbside_http_requests_shed_total')).toBe(1);
    expect(await sampleOf(metrics, 'curbside_http_requests_limited_total')).toBe(1);
    let finish = (_: Response) => {};
    const fetch = metrics.countInFlight(
      () =>
        new Promise<Response>((resolve) => {
          finish = resolve;
        }),
    );
    const answer = fetch(new Request('http://town.example/'));
    expect(await sampleOf(metrics, 'curbside_http_requests_in_flight')).toBe(1);
    finish(new Response());
    await answer;
    expect(await sampleOf(metrics, 'curbside_http_requests_in_flight')).toBe(0);
  });

  it('has the engine, the release and its age, and the process', async () => {
    const metrics = createPrometheus(
      of(() => embedded),
      DAY_LATER,
    );
    expect(await sampleOf(metrics, 'curbside_engine_up{engine="embedded"}')).toBe(1);
    expect(await sampleOf(metrics, 'curbside_engine_fallback')).toBe(0);
    expect(await sampleOf(metrics, 'curbside_release_age_seconds')).toBe(86_400);
    const { version, origin, city } = town();
    const labels = `version="${version}",origin="${origin}",city="${city.id}"`;
    expect(await sampleOf(metrics, `curbside_release_info{${labels}}`)).toBe(1);
    expect(await sampleOf(metrics, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(await sampleOf(metrics, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('says that the engine is down, and that a copy answers for it', async () => {
    const metrics = createPrometheus(of(() => down));
    expect(await sampleOf(metrics, 'curbside_engine_up{engine="opensearch"}')).toBe(0);
    const { current, close } = withFallback({ cluster: () => down, copy: () => embedded });
    const copy = createPrometheus(of(current));
    expect(await sampleOf(copy, 'curbside_engine_up{engine="embedded"}')).toBe(1);
    expect(await sampleOf(copy, 'curbside_engine_fallback')).toBe(1);
    close();
  });

  it('is on a port of its own, and nothing else is', async () => {
    const { contentType, text } = createPrometheus(of(() => embedded));
    const url = await serveMetrics({ port: 0, host: '127.0.0.1', contentType, text, log: () => {} });
    const response = await fetch(url);
    expect(response.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('# TYPE curbside_http_request_duration_seconds histogram');
    expect((await fetch(new URL('/', url))).status).toBe(404);
    const { port } = new URL(url);
    const taken = serveMetrics({ port: Number(port), host: '127.0.0.1', contentType, text, log: () => {} });
    await expect(taken).rejects.toThrow(`cannot serve metrics on 127.0.0.1:${port}: `);
  });
});
