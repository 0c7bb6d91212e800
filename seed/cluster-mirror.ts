import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import { countBranches } from '../functions/model/vendor.ts';
import { amount } from './amount.ts';
import { publishChecked } from './pipeline.ts';

/** Passes a server's releases on to a cluster. */
export type ClusterMirror = {
  /** Publishes a release in the cluster. It never throws: a failure is reported, and the cluster's release stays. */
  offer(release: Release): Promise<void>;
};

/** Several servers may share the cluster, so releases are published one after the other and with the usual checks. */
export function createClusterMirror(sink: Sink, say: (line: string) => void): ClusterMirror {
  let queue: Promise<void> = Promise.resolve();
  const mirror = async (release: Release) => {
    const { version, vendors } = release;
    try {
      const current = await sink.current();
      const remedy = 'npm run seed -- --engine opensearch --force';
      const outcome = await publishChecked(release, { sink, current, files: {}, force: false, remedy });
      if (outcome === 'refused') {
        say(`the data is still ${version}, which the cluster was rolled back from: it keeps ${current?.version}`);
      } else if (outcome === 'published') {
        say(`the cluster has ${version}: ${amount(countBranches(vendors), 'branch', 'branches')}`);
      }
    } catch (error) {
      say(`the cluster keeps the data it has: ${(error as Error).message}`);
    }
  };
  return {
    offer(release) {
      queue = queue.then(() => mirror(release));
      return queue;
    },
  };
}
