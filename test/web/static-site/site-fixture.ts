import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeEach, expect } from 'vitest';
import { DESKTOP, type Fixture, pageFixture } from '../browser.ts';
import type { RunningServer } from '../page-server.ts';
import { type BuiltSite, buildSite } from './built-site.ts';
import { whyServer } from './server-tests.ts';
import { startStaticServer } from './static-server.ts';

/**
 * A fixture whose pages are of a site without a server, in a folder of a static host, and lose the network once they are loaded.
 * @param start starts a real server; the site has its data, and expected answers are its answers
 */
export function siteFixture(start: () => Promise<RunningServer | undefined>): Fixture {
  let site: BuiltSite | undefined;
  let api: RunningServer | undefined;
  const pages = pageFixture(async () => {
    api = await start();
    if (!api) return undefined;
    site = await buildSite(api.sources?.length ? api.sources : ['--sample']);
    return startStaticServer(site.directory);
  });
  afterAll(async () => {
    await api?.stop();
    site?.remove();
  });
  beforeEach(({ task, skip }) => {
    const why = whyServer(task.file.name, task.name);
    if (why) skip(`without a server: ${why}`);
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
      await cutNetwork(page);
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

/** Cuts the network of a page that is loaded and has saved what a second visit would have saved. */
async function cutNetwork(page: Page): Promise<void> {
  // Plain pages need nothing more. The map is loaded after the list.
  if ((await page.locator('#map').count()) === 0) return;
  await page.locator('path.outline').first().waitFor();
  // A page in a frame of another site saves nothing.
  if (!new URL(page.url()).searchParams.has('embed')) {
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    // The languages and other parts that are loaded when they are wanted.
    const script = await page.evaluate<string>("fetch('worker.js').then((response) => response.text())");
    const later = [...new Set(script.match(/assets\/[\w-]+\.js/g))];
    await page.evaluate(`Promise.all(${JSON.stringify(later)}.map((file) => fetch(file).then((part) => part.text())))`);
  }
  await page.context().setOffline(true);
}
