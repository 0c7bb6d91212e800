import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { DESKTOP, type Fixture, pageFixture } from '../browser.ts';
import { type RunningServer, startServer } from '../page-server.ts';
import { type BuiltSite, buildSite } from './built-site.ts';
import { startStaticServer } from './static-server.ts';

/**
 * A fixture of the sample whose pages are of a site without a server, in a folder of a static host, and lose the network once they are loaded.
 * The expected answers are those of a real server with the same data.
 */
export function siteFixture(): Fixture {
  let site: BuiltSite | undefined;
  let api: RunningServer | undefined;
  const pages = pageFixture(async () => {
    [site, api] = await Promise.all([buildSite(), startServer()]);
    return startStaticServer(site.directory);
  });
  afterAll(async () => {
    await api?.stop();
    site?.remove();
  });
  const get: Fixture['get'] = async <Answer>(path: string) =>
    (await (await fetch(`${api?.url}${path}`)).json()) as Answer;
  return {
    get browser() {
      return pages.browser;
    },
    get url() {
      return pages.url;
    },
    get,
    api: (query) => get(`/search${query}`),
    open: pages.open,
    async visit(path, options: BrowserContextOptions = DESKTOP) {
      const opened = await pages.visit(path, { ...options, serviceWorkers: 'allow' });
      const { page, complaints } = opened;
      // The map is loaded after the list, and the service worker has the parts that are loaded later.
      await page.locator('path.outline').first().waitFor();
      await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
      await page.context().setOffline(true);
      return {
        ...opened,
        async done() {
          // The browser reports what the service worker could not renew.
          expect(complaints.filter((one) => !one.startsWith('Failed to load resource'))).toEqual([]);
          await page.context().close();
        },
      };
    },
  };
}
