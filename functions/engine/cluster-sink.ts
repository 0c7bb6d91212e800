import type { Sink } from './engine.ts';
import type { ClusterSettings } from './opensearch/client.ts';
import type { SinkOptions } from './opensearch/publish.ts';
import type { WaitOptions } from './opensearch/wait-until-ready.ts';

/** A sink over a cluster. */
export type ClusterSinkConnection = { readonly sink: Sink; close(): Promise<void> };

/**
 * Opens the sink over a cluster, once the cluster can answer; `limitMs` of `null`: it is first asked by a publication.
 * @throws EngineError when it does not in time.
 */
export async function openClusterSink(
  settings: ClusterSettings,
  { limitMs, say, progress }: Pick<WaitOptions, 'say'> & { limitMs: number | null } & Pick<SinkOptions, 'progress'>,
): Promise<ClusterSinkConnection> {
  const [{ createClient }, { waitForCluster }, { createOpenSearchSink }] = await Promise.all([
    import('./opensearch/client.ts'),
    import('./opensearch/wait-until-ready.ts'),
    import('./opensearch/publish.ts'),
  ]);
  const client = await createClient(settings);
  if (limitMs !== null) await waitForCluster(client, { limitMs, say, place: new URL(settings.url).host });
  const { alias } = settings;
  const sink = createOpenSearchSink({ client, alias, ...(progress ? { progress } : {}) });
  return { sink, close: () => client.close() };
}
