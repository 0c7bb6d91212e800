import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import { refuseShrunk } from './pipeline.ts';

/** Passes releases on to a second place. */
export type ClusterMirror = {
  /** Publishes a release there. It does not throw: what fails is said, and the release there stays. */
  offer(release: Release): Promise<void>;
};

/**
 * Publishes what a server has made into a cluster that many servers may share: one release after the other, none that was
 * rolled back from there, none that has lost too much.
 */
export function createClusterMirror(sink: Sink, say: (line: string) => void): ClusterMirror {
  let before: Promise<void> = Promise.resolve();
  const publish = async (release: Release) => {
    try {
      const there = await sink.current();
      if (there?.refused.includes(release.version)) {
        say(`the data is still ${release.version}, which the cluster was rolled back from: it keeps ${there.version}`);
        return;
      }
      const branches = release.vendors.reduce((sum, vendor) => sum + vendor.branches.length, 0);
      if (there) refuseShrunk(branches, there.branches, 'npm run seed -- --engine opensearch --force');
      const outcome = await sink.publish(release, {});
      if (outcome === 'published') say(`the cluster has ${release.version}: ${branches} branches`);
    } catch (error) {
      say(`the cluster keeps the data it has: ${(error as Error).message}`);
    }
  };
  return {
    offer(release) {
      before = before.then(() => publish(release));
      return before;
    },
  };
}
