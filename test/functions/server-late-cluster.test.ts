import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { COPY_WARNING } from '../../functions/engine/fallback.ts';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { startFaultyProxy } from '../fixtures/faulty-proxy.ts';
import { run, startServer } from '../fixtures/server-process.ts';
import { clusterUrl, noCluster, scratch } from './engine/opensearch/cluster.ts';

const tacos = async (url: string) => (await (await fetch(`${url}/search?q=tacos`)).json()) as SearchResponse;
const occurrences = (text: string, part: string) => text.split(part).length - 1;

describe('a server that does not wait for its cluster (WAIT=off)', () => {
  const folder = mkdtempSync(`${tmpdir()}/curbside-later-`);
  afterAll(() => rmSync(folder, { recursive: true }));
  const settings = (url: string, ...more: string[]) => [
    ...['--engine', 'opensearch', '--opensearch-url', url, '--data-dir', folder, '--refresh', 'off', '--wait', 'off'],
    ...more,
  ];

  it('answers from its sample with a warning until the cluster answers', async () => {
    // Nothing listens on port 1.
    const server = await startServer(settings('http://127.0.0.1:1'));
    for (let request = 0; request < 8; request++) {
      const { meta, warnings, hits } = await tacos(server.url);
      expect([meta.engine, meta.origin, hits > 0]).toEqual(['embedded', 'sample', true]);
      expect(warnings).toContain(COPY_WARNING);
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await expect.poll(() => server.said(), { timeout: 20_000 }).toContain('"event":"cluster_given_up"');
    expect(occurrences(server.said(), 'answering from the embedded copy until the cluster does')).toBe(1);
    expect(await server.stop()).toBe(0);
  });

  it.skipIf(noCluster)('switches to the cluster once another process has loaded data into it', async () => {
    const place = scratch();
    const alias = ['--opensearch-alias', place.alias];
    const proxy = await startFaultyProxy(clusterUrl);
    await proxy.down();
    const server = await startServer(settings(proxy.url, ...alias));
    expect((await tacos(server.url)).meta.engine).toBe('embedded');

    await proxy.up();
    await expect.poll(() => server.said(), { timeout: 30_000 }).toContain('there is no release behind the alias');
    expect([(await tacos(server.url)).meta.engine, await place.indices()]).toEqual(['embedded', []]);

    const { code, stderr } = await run('seed', [...settings(proxy.url, ...alias), '--or-sample']);
    expect(code, stderr).toBe(0);
    await expect.poll(async () => (await tacos(server.url)).meta.engine, { timeout: 30_000 }).toBe('opensearch');
    expect(await server.stop()).toBe(0);
    await proxy.close();
    await place.close();
  });
});
