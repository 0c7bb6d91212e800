import type { Locator, Page } from 'playwright-core';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { english } from './english.ts';

const text = english('en-US');

export const rows = (page: Page): Locator => page.locator('.row[data-vendor]');
export const markers = (page: Page): Locator => page.locator('[data-spot]');
/** The line above the list. */
export const summary = (page: Page): Locator => page.locator('.summary');

/** An attribute of all elements that a selector finds, in their order. */
export function attributes(page: Page, selector: string, name: string): Promise<(string | null)[]> {
  return page.locator(selector).evaluateAll((all, key) => all.map((one) => one.getAttribute(key)), name);
}

/** What {@link summary} says about an answer of the API. */
export const foundText = ({ hits, locations }: SearchResponse): string => text.found(hits, locations);

/**
 * Records the searches that a page sends from now on, to its server or to its own API.
 * @returns reads their queries, such as `?q=tacos`
 */
export async function recordSearches(page: Page): Promise<() => Promise<string[]>> {
  const toServer: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.endsWith('/search')) toServer.push(search);
  });
  await page.evaluate(`(() => {
    const own = window.localApi;
    window.ownSearches = [];
    if (own) window.localApi = (url, options) => {
      if (url.startsWith('search?')) window.ownSearches.push(url.slice('search'.length));
      return own(url, options);
    };
  })()`);
  return async () => [...toServer, ...(await page.evaluate<string[]>('window.ownSearches'))];
}

/** Takes from a page the data that it would search itself when the server fails, as for a city that is too large for that. */
export async function withoutOwnSearch(page: Page): Promise<void> {
  await page.route('**/data/current.json', (route) => route.abort());
}
