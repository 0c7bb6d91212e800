import { openEmbedded } from '../engine/embedded/release-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { swappable } from '../engine/swappable-engine.ts';
import type { Release } from '../model/release.ts';
import { shareRelease } from './shared-index.ts';
import type { ThreadCity } from './thread-messages.ts';
import type { ThreadPool } from './thread-pool.ts';

/** The engine over the release that is served, here and in threads. */
export type ServedEngine = {
  readonly current: () => Engine;
  /** Resolves when every thread has the release, and requests get it. If it fails, the previous release stays. */
  replace(release: Release): Promise<void>;
  /** Resolves when every thread has the first release. Until then, this thread answers. */
  readonly ready: Promise<void>;
};

/**
 * @param threads `undefined`: this thread answers everything
 * @param city what the responses of threads depend on besides its data
 */
export function createServedEngine(
  first: Release,
  threads?: ThreadPool,
  city: ThreadCity = { root: '/', tiles: null },
): ServedEngine {
  const open = (release: Release) => {
    const shared = threads && shareRelease(release);
    const engine = openEmbedded(release);
    return { engine, opened: shared && threads.open(engine, { ...shared, ...city }) };
  };
  const { engine: firstEngine, opened: ready = Promise.resolve() } = open(first);
  const { current, swap } = swappable(firstEngine);
  return {
    current,
    ready,
    async replace(release) {
      const [{ engine, opened }, replaced] = [open(release), current()];
      await opened;
      swap(engine);
      threads?.close(replaced);
    },
  };
}
