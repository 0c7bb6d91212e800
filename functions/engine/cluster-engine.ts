import type { Engine } from './engine.ts';
import type { FallbackInput } from './fallback.ts';
import type { ClusterSettings } from './opensearch/client.ts';
import type { WaitOptions } from './opensearch/wait-until-ready.ts';

/** An engine over a cluster. */
export type ClusterConnection = {
  /** The engine of one request: the cluster, or while it is down the copy. */
  readonly current: () => Engine;
  /** The cluster alone. */
  readonly cluster: () => Engine;
  /** Ends its connections. */
  close(): Promise<void>;
};

export type OpenClusterInput = Pick<WaitOptions, 'say'> &
  Pick<FallbackInput, 'copy' | 'onChange'> & {
    /** How long to wait for the cluster, milliseconds; `null`: it is first asked by a request. */
    readonly limitMs: number | null;
  };

/**
 * Opens the engine over a cluster, once the cluster can answer. The client is loaded here, so that who searches in its
 * own process never parses it. @throws EngineError when the cluster does not answer in time.
 */
export async function openCluster(
  settings: ClusterSettings,
  { limitMs, say, ...fallback }: OpenClusterInput,
): Promise<ClusterConnection> {
  const [{ createClient }, { waitForCluster }, { openOpenSearch }, { withFallback }] = await Promise.all([
    import('./opensearch/client.ts'),
    import('./opensearch/wait-until-ready.ts'),
    import('./opensearch/engine.ts'),
    import('./fallback.ts'),
  ]);
  const client = await createClient(settings);
  if (limitMs !== null) await waitForCluster(client, { limitMs, say, place: new URL(settings.url).host });
  const cluster = openOpenSearch(client, settings.alias);
  const { current, close } = withFallback({ cluster, ...fallback });
  return {
    current,
    cluster,
    close: async () => {
      close();
      await client.close();
    },
  };
}
