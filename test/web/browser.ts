import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { type RunningServer, startServer } from './page-server.ts';
import { siteFixture } from './static-site/site-fixture.ts';

const executable = findChromium(process.env.CHROMIUM ?? '/usr/bin/chromium');
const howTo = 'install Chromium (Debian: apt-get install chromium) or set CHROMIUM to its path';

if (!executable && process.env.CI === 'true') throw new Error(`no browser: CI requires one; ${howTo}`);
if (!executable) console.warn(`skipped: tests of the page in a browser; ${howTo}`);

/** For `describe.skipIf`. */
export const noBrowser = executable === null;

/** Starts Chromium without its own background requests. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;

/** Whether the tests run against a site without a server (`PAGE=site npx vitest run --config test/vitest.config.ts test/web`). */
const ON_SITE = process.env.PAGE === 'site';

/** Opens a blank page and collects its script errors, blocked scripts and styles, and failed requests. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = DESKTOP,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  // Shorter than a test's timeout, so that the failure names the missing element.
  page.setDefaultTimeout(ON_SITE ? 24_000 : 12_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Only the offline tests allow service workers.
    if (message.text().startsWith('Service Worker registration blocked')) return;
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** Opens a page at a URL; `done` expects no complaints and closes it. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = DESKTOP) {
  const opened = await openPage(browser, options);
  await opened.page.goto(url);
  return {
    ...opened,
    async done() {
      expect(opened.complaints).toEqual([]);
      await opened.page.context().close();
    },
  };
}

/**
 * The browser and the built server that the tests of one `describe` share; the server has the sample data unless `start`
 * starts another. Call it in the `describe`, and use the result in its tests.
 */
export function fixture(start?: () => Promise<RunningServer | undefined>): Fixture {
  return (ON_SITE ? siteFixture : pageFixture)(start ?? startServer);
}

export type Fixture = ReturnType<typeof pageFixture>;

/** The browser and what `start` starts. */
export function pageFixture(start: () => Promise<RunningServer | undefined>) {
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchBrowser()]);
    // A site of 5,000 places is 10,000 files.
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const shared = {
    get browser(): Browser {
      if (!browser) throw new Error('the browser runs only during tests');
      return browser;
    },
    /** The server's URL, without a trailing slash. */
    get url(): string {
      if (!server) throw new Error('the server runs only during tests');
      return server.url;
    },
    get: async <Answer>(path: string): Promise<Answer> =>
      (await fetch(`${shared.url}${path}`)).json() as Promise<Answer>,
    /** The API's answer to a search such as `?q=tacos`. */
    api: (query: string) => shared.get<SearchResponse>(`/search${query}`),
    /** Opens the page at a path; `done` checks and closes it. */
    visit: (path: string, options: BrowserContextOptions = DESKTOP) =>
      visit(shared.browser, `${shared.url}${path}`, options),
    /** Opens a blank page; the test checks the complaints itself. */
    open: (options: BrowserContextOptions = DESKTOP) => openPage(shared.browser, options),
  };
  return shared;
}

function findChromium(name: string): string | null {
  if (name.includes('/')) return existsSync(name) ? name : null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
