import { setTimeout as sleep } from 'node:timers/promises';
import type { DataOrigin, Release } from '../model/release.ts';
import { openCluster } from './cluster-engine.ts';
import { openClusterSink } from './cluster-sink.ts';
import type { Engine, EngineSource, Sink } from './engine.ts';
import type { ClusterSettings } from './opensearch/client.ts';

const RETRY_MS = 1_000;

export type JoinClusterInput = {
  /** How long to wait for the cluster, milliseconds. `null`: join without waiting, and publish only later refreshes. */
  readonly limitMs: number | null;
  /** The release that an empty cluster gets. */
  readonly first: Release;
  /** Publishes `first` even if the cluster has a release. */
  readonly replacesRelease: boolean;
  /** The release that this process serves. */
  readonly served: () => Release;
  /** The engine in this process. */
  readonly copy: () => Engine;
  readonly say: (line: string) => void;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
};

export type JoinedCluster = {
  /** The engine of one request: the cluster or, while it is down, the copy. */
  readonly current: EngineSource;
  readonly sink: Sink;
};

/**
 * Lets a server answer from a cluster, and fills the cluster if it has no release.
 * @throws EngineError when the cluster does not answer in time, or has half a release.
 */
export async function joinCluster(
  settings: ClusterSettings,
  { limitMs, first, replacesRelease, served, copy, say, log }: JoinClusterInput,
): Promise<JoinedCluster> {
  const { sink } = await openClusterSink(settings, { limitMs, say });
  /** Of the cluster's release; `null` until the cluster has shown one. */
  let clusterOrigin: DataOrigin | null = null;
  let isAway = false;
  const { current, cluster } = await openCluster(settings, {
    limitMs,
    say,
    // Never serve sample data in place of a real city's.
    copy: () => (served().origin === 'sample' && clusterOrigin !== null && clusterOrigin !== 'sample' ? null : copy()),
    // Every few seconds a dead cluster is tried, and given up again: log only the first time.
    onChange: (event) => {
      if (isAway === (event === 'open')) return;
      isAway = event === 'open';
      log(isAway ? 'cluster_given_up' : 'cluster_back', {});
    },
  });
  const announce = async () => {
    const { version, vendors, branches, origin } = await cluster().about();
    clusterOrigin = origin;
    say(`searching in opensearch: ${version}, ${vendors} vendors in ${branches} places`);
  };
  if (limitMs === null) void retryUntilDone(announce, say);
  else {
    const before = await sink.current();
    if (replacesRelease || !before) say(`the cluster: ${await sink.publish(first, {})} ${first.version}`);
    await announce();
  }
  return { current, sink };
}

/** Says each new reason for a failure once. */
async function retryUntilDone(act: () => Promise<void>, say: (line: string) => void): Promise<void> {
  for (let lastReason = ''; ; ) {
    try {
      return await act();
    } catch (error) {
      const { message } = error as Error;
      if (message !== lastReason) say(`answering from the embedded copy until the cluster does: ${message}`);
      lastReason = message;
      await sleep(RETRY_MS, undefined, { ref: false });
    }
  }
}
