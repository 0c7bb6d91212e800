import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { type RunningServer, startServer } from './page-server.ts';

const executable = findChromium(process.env.CHROMIUM ?? '/usr/bin/chromium');
const how = 'install Chromium (Debian: apt-get install chromium) or set CHROMIUM to its path';

if (!executable && process.env.CI === 'true') throw new Error(`no browser: in CI that is a failure; ${how}`);
if (!executable) console.warn(`skipped: tests of the page in a browser; ${how}`);

/** For `describe.skipIf`. */
export const noBrowser = executable === null;

/** A real Chromium that talks to nobody by itself. */
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

/** A page and everything that it complained of: script errors, refused scripts and styles, failed requests. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = DESKTOP,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  // Less than a test's, so that what never came is named.
  page.setDefaultTimeout(12_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Only the tests of what works offline let a service worker in.
    if (message.text().startsWith('Service Worker registration blocked')) return;
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** A page at an address; `done` checks that nothing was refused and nothing failed, and closes it. */
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
 * What the tests of one `describe` share: a browser, and a built server (of the sample, unless `start` says otherwise). Call it in the
 * `describe`; use it in the tests.
 */
export function fixture(start: () => Promise<RunningServer | undefined> = () => startServer()) {
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const shared = {
    get browser(): Browser {
      if (!browser) throw new Error('there is no browser outside of the tests');
      return browser;
    },
    /** Of the server, without a slash at its end. */
    get url(): string {
      if (!server) throw new Error('there is no server outside of the tests');
      return server.url;
    },
    get: async <Answer>(path: string): Promise<Answer> =>
      (await fetch(`${shared.url}${path}`)).json() as Promise<Answer>,
    /** What the API answers to a search: `?q=tacos`. */
    api: (query: string) => shared.get<SearchResponse>(`/search${query}`),
    /** The page at a path; `done` checks and closes it. */
    visit: (path: string, options: BrowserContextOptions = DESKTOP) =>
      visit(shared.browser, `${shared.url}${path}`, options),
    /** An empty page; what it complains of is for the test to look at. */
    open: (options: BrowserContextOptions = DESKTOP) => openPage(shared.browser, options),
  };
  return shared;
}

function findChromium(name: string): string | null {
  if (name.includes('/')) return existsSync(name) ? name : null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
