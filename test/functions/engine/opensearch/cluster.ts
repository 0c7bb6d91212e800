import { Client } from '@opensearch-project/opensearch';
import type { Sink } from '../../../../functions/engine/engine.ts';
import { createOpenSearchSink, type SinkOptions } from '../../../../functions/engine/opensearch/publish.ts';

/** A real cluster for tests, which use their own aliases and remove their indices. */
const url = process.env.OPENSEARCH_URL;
if (!url && process.env.CI === 'true') throw new Error('OPENSEARCH_URL is not set, and CI must not skip these tests');
if (!url) console.warn('skipped: tests on a real OpenSearch; start one and set OPENSEARCH_URL=http://127.0.0.1:9200');

/** For `describe.skipIf`. */
export const noCluster = !url;
export const clusterUrl = url ?? 'http://127.0.0.1:9200';

export type Scratch = {
  readonly client: Client;
  readonly alias: string;
  readonly sink: Sink;
  /** Names of its indices. */
  indices(): Promise<string[]>;
  /** Removes its indices. */
  close(): Promise<void>;
};

let made = 0;

/** A unique alias in the cluster. */
export function scratch(options: Partial<SinkOptions> = {}): Scratch {
  const client = new Client({ node: clusterUrl });
  const alias = `curbside-test-${process.pid}-${made++}`;
  const indices = async () => Object.keys((await client.indices.get({ index: `${alias}-*` })).body).sort();
  return {
    client,
    alias,
    sink: createOpenSearchSink({ client, alias, ...options }),
    indices,
    close: async () => {
      const index = await indices();
      if (index.length > 0) await client.indices.delete({ index });
      await client.close();
    },
  };
}
