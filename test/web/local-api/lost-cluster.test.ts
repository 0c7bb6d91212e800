import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { startFaultyProxy } from '../../fixtures/faulty-proxy.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from '../../functions/engine/opensearch/cluster.ts';
import { DESKTOP, noBrowser, pageFixture } from '../browser.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');

describe.skipIf(noBrowser || noCluster)('a page whose server searches in a cluster', () => {
  let place: Scratch;
  beforeAll(() => {
    place = scratch();
  });
  afterAll(() => place.close());
  const shared = pageFixture(() =>
    startServer(['--engine', 'opensearch', '--opensearch-url', clusterUrl, '--opensearch-alias', place.alias]),
  );

  it('has the same vendors when the cluster, and then the server, is lost', async () => {
    const cluster = await startFaultyProxy(clusterUrl);
    const flags = ['--engine', 'opensearch', '--opensearch-url', cluster.url, '--opensearch-alias', place.alias];
    const server = await startServer(flags);
    const answer = (q: string) => shared.get<SearchResponse>(`/search?q=${encodeURIComponent(q)}`);
    const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow' });
    const notice = page.locator('.notice-line.is-own');
    const shown = () =>
      page.locator('.row[data-vendor]').evaluateAll((all) => all.map((one) => one.getAttribute('data-vendor')));
    /** Searches, and expects the vendors that the cluster finds, in its order. */
    async function finds(q: string): Promise<void> {
      const { meta, hits, locations, trucks } = await answer(q);
      expect([meta.engine, hits > 0]).toEqual(['opensearch', true]);
      await page.getByRole('combobox', { name: text.searchLabel }).fill(q);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(hits, locations));
      await expect.poll(shown).toEqual(trucks.map(({ id }) => id).slice(0, (await shown()).length));
    }
    await page.goto(`${server.url}/?q=tacos`);
    await page.locator('[data-spot]').first().waitFor();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    await page.goto(`${server.url}/?q=tacos`);
    await expect.poll(() => page.evaluate("localStorage.getItem('release')")).not.toBeNull();
    await finds('coffee');
    await cluster.down();
    // The server answers from its copy of the data.
    await finds('noodles');
    expect(await notice.count()).toBe(0);
    await server.stop();
    for (const q of ['burritos', 'tacoz', '热狗']) await finds(q);
    expect(await notice.textContent()).toBe(text.ownSearch);
    await page.context().close();
    await cluster.close();
  }, 60_000);
});
