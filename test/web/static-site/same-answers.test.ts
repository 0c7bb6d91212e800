import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openIndex } from '../../../functions/engine/embedded/engine.ts';
import { unpackIndex } from '../../../functions/engine/embedded/transport/unpack-index.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { MetaResponse } from '../../../functions/http/openapi/schemas/meta.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import type { SiteRelease } from '../../../functions/model/site-release.ts';
import { noBrowser, pageFixture } from '../browser.ts';
import { type BuiltSite, buildSite } from './built-site.ts';
import { seededRequests } from './seeded-requests.ts';
import { startStaticServer } from './static-server.ts';

const SEED = 1;
const REQUESTS = 500;
/** Not of the answer: an id of each request, and how long the search took. */
const OF_REQUEST = new Set(['x-request-id', 'server-timing']);

type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

describe.skipIf(noBrowser)('the page’s own API', () => {
  let site: BuiltSite | undefined;
  const shared = pageFixture(async () => {
    site = await buildSite();
    return startStaticServer(site.directory);
  });
  afterAll(() => site?.remove());

  it(`answers ${REQUESTS} requests with the API’s bytes`, async () => {
    const read = (path: string) => readFileSync(`${site?.directory}/data/${path}`);
    const current = JSON.parse(read('current.json').toString()) as SiteRelease;
    const engine = openIndex(unpackIndex(gunzipSync(read(current.index))), current.provenance);
    const app = createApp({ engine: () => engine, tiles: current.tiles, log: () => {} });
    const ask = async <Body>(path: string) => (await (await app.request(path)).json()) as Body;
    const meta = await ask<MetaResponse>('/meta');
    const all = await ask<SearchResponse>('/search?status=approved&facets=category');
    const words = {
      areas: meta.areas.map(({ name }) => name),
      categories: (all.facets?.category ?? []).map(({ value }) => value),
      ids: all.trucks.map(({ id }) => id),
      center: meta.city.center,
    };
    const requests = seededRequests(words, SEED, REQUESTS);
    const { page } = await shared.open();
    await page.goto(`${shared.url}/`);
    await page.locator('.row[data-vendor]').first().waitFor();
    const local = (paths: readonly string[]) =>
      page.evaluate<Answer[]>(`Promise.all(${JSON.stringify(paths)}.map(async (path) => {
        const response = await window.localApi(path.slice(1));
        return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
      }))`);
    const server = async (path: string): Promise<Answer> => {
      const response = await app.request(path);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    };
    const statuses = new Map<number, number>();
    for (let from = 0; from < requests.length; from += 25) {
      const paths = requests.slice(from, from + 25);
      const answers = await local(paths);
      for (const [at, path] of paths.entries()) {
        let [own, expected] = [answers[at] as Answer, await server(path)];
        // Answers say what is open, so those of different minutes differ.
        if (portable(own.body) !== portable(expected.body))
          [[own = expected], expected] = [await local([path]), await server(path)];
        expect(firstDifference(portable(own.body), portable(expected.body)), path).toBeNull();
        expect([own.status, headersOf(own)], path).toEqual([expected.status, headersOf(expected)]);
        statuses.set(own.status, (statuses.get(own.status) ?? 0) + 1);
      }
    }
    expect(statuses.get(200)).toBeGreaterThan(REQUESTS * 0.8);
    expect(statuses.get(400)).toBeGreaterThan(0);
    expect(statuses.get(404)).toBeGreaterThan(0);
    await page.context().close();
  });
});

function headersOf({ headers }: Answer): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (OF_REQUEST.has(name) ? [] : [[name, portable(value)]])),
  );
}

/**
 * A text in which the scores of explanations and cursors have 13 digits. Two versions of one JavaScript engine compute powers whose last
 * digit differs: 0.1469152938896506 in Chromium 156 is 0.14691529388965063 in Node 20. All other bytes are compared as they are.
 */
function portable(text: string): string {
  return text
    .replace(/(?<=cursor(?:":"|=))[\w-]+/g, (cursor) => Buffer.from(cursor, 'base64url').toString('utf8'))
    .replace(/\b0\.\d{14,}\b/g, (score) => Number(score).toPrecision(13));
}

/** What two texts have where they begin to differ. */
function firstDifference(own: string, expected: string): readonly [own: string, expected: string] | null {
  if (own === expected) return null;
  let at = 0;
  while (own[at] === expected[at]) at++;
  return [own.slice(Math.max(0, at - 60), at + 60), expected.slice(Math.max(0, at - 60), at + 60)];
}
