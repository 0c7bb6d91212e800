import type { Client } from '@opensearch-project/opensearch';
import { type ClusterSettings, createClient } from './client.ts';
import { type WaitOptions, waitForCluster } from './wait-until-ready.ts';

export type ConnectOptions = Pick<WaitOptions, 'say'> & {
  /** How long to wait until the cluster is ready, milliseconds; `null`: do not wait, the first request finds out. */
  readonly limitMs: number | null;
};

/** A client for a cluster that is ready. @throws EngineError when the cluster is not ready in time, or refuses the sign-in. */
export async function connectToCluster(settings: ClusterSettings, { limitMs, say }: ConnectOptions): Promise<Client> {
  const client = await createClient(settings);
  if (limitMs !== null) await waitForCluster(client, { limitMs, say, host: new URL(settings.url).host });
  return client;
}
