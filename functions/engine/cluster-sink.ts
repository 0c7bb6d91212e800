import type { Sink } from './engine.ts';
import type { ClusterSettings } from './opensearch/client.ts';
import type { ConnectOptions } from './opensearch/connect.ts';
import type { SinkOptions } from './opensearch/publish.ts';

/** A sink over a cluster; `close` ends its connections. */
export type ClusterSinkConnection = { readonly sink: Sink; close(): Promise<void> };

/**
 * Opens the sink over a cluster once the cluster is ready. Separate from the engine, so that the API's bundle has no publishing code.
 * @throws EngineError when the cluster is not ready in time.
 */
export async function openClusterSink(
  settings: ClusterSettings,
  { progress, ...options }: ConnectOptions & Pick<SinkOptions, 'progress'>,
): Promise<ClusterSinkConnection> {
  const [{ connectToCluster }, { createOpenSearchSink }] = await Promise.all([
    import('./opensearch/connect.ts'),
    import('./opensearch/publish.ts'),
  ]);
  const client = await connectToCluster(settings, options);
  const { alias } = settings;
  const sink = createOpenSearchSink({ client, alias, ...(progress ? { progress } : {}) });
  return { sink, close: () => client.close() };
}
