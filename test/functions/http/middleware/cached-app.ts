import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../../../functions/engine/engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { town } from '../../../fixtures/town.ts';
import { checkResponse } from '../openapi/conforming.ts';

export const TIME = Date.parse('2026-09-03T18:20:15Z');

/** A release in this process keeps one engine while it is served; a cluster has a new one per request. */
export const ENGINE_LIFETIMES = ['one engine per release', 'one engine per request'] as const;
export type EngineLifetime = (typeof ENGINE_LIFETIMES)[number];

/** An app with a response cache that counts the calls of its engine. Uncompressed responses are checked against `/openapi.json`. */
export function cachedApp(lifetime: EngineLifetime, { bytes = 1_000_000, release = town() } = {}) {
  const state = {
    searches: 0,
    abouts: 0,
    now: TIME,
    engine: openEmbedded(release) as Engine,
    serve: (next: Release) => {
      state.engine = openEmbedded(next);
    },
    advanceMinute: () => {
      state.now += 60_000;
    },
  };
  const counting = (engine: Engine): Engine => ({
    ...engine,
    about: () => {
      state.abouts++;
      return engine.about();
    },
    search: (query) => {
      state.searches++;
      return engine.search(query);
    },
  });
  let last: { engine: Engine; counting: Engine } | undefined;
  const app = createApp({
    engine: () => {
      if (lifetime === 'one engine per request' || last?.engine !== state.engine) {
        last = { engine: state.engine, counting: counting(state.engine) };
      }
      return last.counting;
    },
    tiles: null,
    log: () => {},
    now: () => state.now,
    cacheBytes: bytes,
  });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(path, { headers });
    if (!response.headers.has('Content-Encoding')) await checkResponse('GET', path, response.clone());
    return response;
  };
  return { state, get, app };
}
