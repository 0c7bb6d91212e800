import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../../../functions/engine/engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { town } from '../../../fixtures/town.ts';
import { checkAnswer } from '../openapi/conforming.ts';

export const TIME = Date.parse('2026-09-03T18:20:15Z');

/** A release in this process has one engine as long as it is served; a cluster has one for each request. */
export const GIVEN = ['one engine of a release', 'an engine of each request'] as const;
export type Given = (typeof GIVEN)[number];

/** An app with a cache, which counts what its engine is asked; what it does not compress is checked against `/openapi.json`. */
export function cachedApp(given: Given, { bytes = 1_000_000, release = town() } = {}) {
  const state = {
    searches: 0,
    abouts: 0,
    now: TIME,
    engine: openEmbedded(release) as Engine,
    serve: (next: Release) => {
      state.engine = openEmbedded(next);
    },
    aMinuteLater: () => {
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
  let last: { of: Engine; counted: Engine } | undefined;
  const app = createApp({
    engine: () => {
      if (given === 'an engine of each request' || last?.of !== state.engine) {
        last = { of: state.engine, counted: counting(state.engine) };
      }
      return last.counted;
    },
    tiles: null,
    log: () => {},
    now: () => state.now,
    cacheBytes: bytes,
  });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.request(path, { headers });
    if (!answer.headers.has('Content-Encoding')) await checkAnswer('GET', path, answer.clone());
    return answer;
  };
  return { state, get, app };
}
