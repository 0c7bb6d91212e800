import type { EngineSource } from './engine.ts';
import type { FallbackInput } from './fallback.ts';
import type { ClusterSettings } from './opensearch/client.ts';
import type { ConnectOptions } from './opensearch/connect.ts';

/** The engine over a cluster, with its fallback. */
export type ClusterConnection = {
  /** The engine of one request: the cluster, or the copy while the cluster is down. */
  readonly current: EngineSource;
  /** The cluster without its fallback. */
  readonly cluster: EngineSource;
  /** Closes the connections. */
  close(): Promise<void>;
};

export type OpenClusterInput = ConnectOptions & Pick<FallbackInput, 'copy' | 'onChange'>;

/**
 * Opens the engine over a cluster once the cluster is ready. Imports the client on demand, so that a process with the embedded
 * engine never parses it. @throws EngineError when the cluster is not ready in time.
 */
export async function openCluster(
  settings: ClusterSettings,
  { limitMs, say, ...fallback }: OpenClusterInput,
): Promise<ClusterConnection> {
  const [{ connectToCluster }, { openOpenSearch }, { withFallback }] = await Promise.all([
    import('./opensearch/connect.ts'),
    import('./opensearch/engine.ts'),
    import('./fallback.ts'),
  ]);
  const client = await connectToCluster(settings, { limitMs, say });
  const cluster = openOpenSearch(client, settings.alias, settings);
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
