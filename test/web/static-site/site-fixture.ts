import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeEach, expect, inject } from 'vitest';
import { DESKTOP, type Fixture, pageFixture } from '../browser.ts';
import { type RunningServer, startServer } from '../page-server.ts';
import { buildSite } from './built-site.ts';
import { whyServer } from './server-tests.ts';
import { startStaticServer } from './static-server.ts';

/** A site, and the URL of a server with its data, which has the expected answers. */
type ServedSite = { readonly site: RunningServer; readonly api: string; stop(): Promise<void> };

/**
 * A fixture whose pages are of a site without a server, in a folder of a static host, and lose the network once they are loaded.
 * @param start starts a real server; the site has its data, and expected answers are its answers
 */
export function siteFixture(start: () => Promise<RunningServer | undefined>): Fixture {
  let served: ServedSite | undefined;
  // Hooks run in the reverse order: the site is removed when no page asks for its files any more.
  afterAll(() => served?.stop());
  const pages = pageFixture(async () => {
    served = await (start === startServer ? serveSample() : serveDataOf(start));
    return served?.site;
  });
  beforeEach(({ task, skip }) => {
    const why = whyServer(task.file.name, task.name);
    if (why) skip(`without a server: ${why}`);
  });
  const get: Fixture['get'] = async <Answer>(path: string) =>
    (await (await fetch(`${served?.api}${path}`)).json()) as Answer;
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
      // Without scripts, nothing is saved.
      if (options.javaScriptEnabled !== false) await cutNetwork(page);
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

async function serveSample(): Promise<ServedSite> {
  const { directory, api } = inject('sampleSite');
  return { site: await startStaticServer(directory), api, stop: async () => undefined };
}

async function serveDataOf(start: () => Promise<RunningServer | undefined>): Promise<ServedSite | undefined> {
  const server = await start();
  if (!server) return undefined;
  const built = await buildSite(server.siteFlags);
  return {
    site: await startStaticServer(built.directory),
    api: server.url,
    async stop() {
      await server.stop();
      built.remove();
    },
  };
}

/** Whether this device has kept a release: its pointer is written last. */
const KEEPS_RELEASE = `(async () => {
  const current = new URL('data/current.json', location.href.replace(/[?#].*/, '')).href;
  return (await caches.match(current)) !== undefined;
})()`;

/** Cuts the network of a page that is loaded and has saved what a second visit would have saved. */
async function cutNetwork(page: Page): Promise<void> {
  // Plain pages need nothing more. The map is loaded after the list. Some cities have no outline, and some searches no markers.
  if ((await page.locator('#map').count()) === 0) return;
  await page.locator('.row[data-vendor], .state').first().waitFor();
  await page.locator('#map.leaflet-container').waitFor();
  // A page in a frame of another site saves nothing.
  if (!new URL(page.url()).searchParams.has('embed')) {
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    // The languages and other parts that are loaded when they are wanted.
    const script = await page.evaluate<string>("fetch('worker.js').then((response) => response.text())");
    const later = [...new Set(script.match(/assets\/[\w-]+\.js/g))];
    await page.evaluate(`Promise.all(${JSON.stringify(later)}.map((file) => fetch(file).then((part) => part.text())))`);
    // The release is kept half a second after the first answer.
    await expect.poll(() => page.evaluate(KEEPS_RELEASE), { timeout: 20_000 }).toBe(true);
  }
  await page.context().setOffline(true);
}
