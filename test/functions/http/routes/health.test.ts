import { describe, expect, it, vi } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { type Engine, EngineError } from '../../../../functions/engine/engine.ts';
import { withFallback } from '../../../../functions/engine/fallback.ts';
import { town } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const embedded = openEmbedded(town());
const fail = () => Promise.reject(new EngineError('down'));
const down: Engine = { name: 'opensearch', search: fail, counter: () => fail, suggest: fail, find: fail, about: fail };
const bodyOf = async (engine: Engine, path: string) => {
  const response = await appOf(engine).request(path);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return [response.status, await response.json()];
};

describe('/healthz', () => {
  it('says which engine answers, and how old the data is', async () => {
    const release = { version: '2026-09-01-town', origin: town().origin, age_seconds: expect.any(Number) };
    expect(await bodyOf(embedded, '/healthz')).toEqual([
      200,
      { status: 'ok', engine: { name: 'embedded', up: true, fallback: false }, release },
    ]);
  });

  it('is a 200 that says so if the engine is down or hangs', async () => {
    const expected = [200, { status: 'ok', engine: { name: 'opensearch', up: false, fallback: false }, release: null }];
    expect(await bodyOf(down, '/healthz')).toEqual(expected);
    vi.useFakeTimers();
    const hanging = bodyOf({ ...down, about: () => new Promise(() => {}) }, '/healthz');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await hanging).toEqual(expected);
    vi.useRealTimers();
  });

  it('says that a copy answers for a cluster', async () => {
    const { current, close } = withFallback({ cluster: () => down, copy: () => embedded });
    expect(await bodyOf(current(), '/healthz')).toMatchObject([
      200,
      { engine: { name: 'embedded', up: true, fallback: true } },
    ]);
    expect(await bodyOf(current(), '/readyz')).toMatchObject([200, { version: '2026-09-01-town' }]);
    close();
  });
});

describe('/readyz', () => {
  it('is a 200 with the release if the engine answers', async () => {
    expect(await bodyOf(embedded, '/readyz')).toEqual([
      200,
      { status: 'ok', notes: [], version: '2026-09-01-town', cities: [{ id: 'town', version: '2026-09-01-town' }] },
    ]);
  });

  it('is a 503 if the engine is down, hangs, or can name its release but not search', async () => {
    const { about } = embedded;
    for (const engine of [down, { ...down, about }])
      expect(await bodyOf(engine, '/readyz')).toMatchObject([503, { status: 503 }]);
    vi.useFakeTimers();
    const hanging = bodyOf({ ...down, about, find: () => new Promise(() => {}) }, '/readyz');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await hanging).toMatchObject([503, { status: 503 }]);
    vi.useRealTimers();
  });

  it('is a 503 if there is no release', async () => {
    const empty = { ...embedded, about: () => Promise.reject(new EngineError('the cluster has no release')) };
    expect(await bodyOf(empty, '/readyz')).toMatchObject([503, { type: '/docs#engine-unavailable' }]);
  });
});
