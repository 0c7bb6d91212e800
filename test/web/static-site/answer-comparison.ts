import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { openSections } from '../../../functions/engine/embedded/engine.ts';
import { unpackIndex } from '../../../functions/engine/embedded/transport/unpack-index.ts';
import { createApp } from '../../../functions/http/app.ts';
import { DATA_HEADERS, fixedHeaders } from '../../../functions/http/middleware/headers.ts';
import type { MetaResponse } from '../../../functions/http/openapi/schemas/meta.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import type { SiteRelease } from '../../../functions/model/site-release.ts';
import { seededRequests } from './seeded-requests.ts';

const SEED = 1;
/** Requests that the page's own API gets at once. */
const BATCH = 25;
/** Not of the answer: an id of each request, how long the search took, and what a browser obeys in a response from a network only. */
const NOT_COMPARED = new Set([
  'x-request-id',
  'server-timing',
  ...[DATA_HEADERS, fixedHeaders({ tiles: null, reload: null })('/')]
    .flatMap(Object.keys)
    .map((name) => name.toLowerCase()),
]);

export type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** A script that returns a promise of the answers of the page's own API to some paths. */
export function askingScript(paths: readonly string[]): string {
  return `Promise.all(${JSON.stringify(paths)}.map(async (path) => {
    const response = await window.localApi(path.slice(1));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  }))`;
}

/**
 * Expects that the page's own API answers seeded requests with the bytes of the app over the same index.
 * @param directory of the site @param ask sends paths to the page's own API
 */
export async function expectSameAnswers(
  directory: string,
  count: number,
  ask: (paths: readonly string[]) => Promise<readonly Answer[]>,
): Promise<void> {
  const app = appOver(directory);
  const requests = await requestsFor(app, count);
  const server = async (path: string): Promise<Answer> => {
    const response = await app.request(path);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  const statuses = new Map<number, number>();
  for (let from = 0; from < requests.length; from += BATCH) {
    const paths = requests.slice(from, from + BATCH);
    const answers = await ask(paths);
    for (const [at, path] of paths.entries()) {
      let [own, expected] = [answers[at] as Answer, await server(path)];
      // Answers say what is open, so those of different minutes differ.
      if (portable(own.body) !== portable(expected.body))
        [[own = expected], expected] = [await ask([path]), await server(path)];
      expect(firstDifference(portable(own.body), portable(expected.body)), path).toBeNull();
      expect([own.status, headersOf(own)], path).toEqual([expected.status, headersOf(expected)]);
      statuses.set(own.status, (statuses.get(own.status) ?? 0) + 1);
    }
  }
  expect(statuses.get(200)).toBeGreaterThan(count * 0.8);
  for (const status of [400, 404]) expect(statuses.get(status)).toBeGreaterThan(0);
}

function appOver(directory: string) {
  const read = (path: string) => readFileSync(`${directory}/data/${path}`);
  const current = JSON.parse(read('current.json').toString()) as SiteRelease;
  const engine = openSections(unpackIndex(gunzipSync(read(current.index))), current.provenance);
  return createApp({ engine: () => engine, tiles: current.tiles, log: () => {} });
}

async function requestsFor(app: ReturnType<typeof appOver>, count: number): Promise<string[]> {
  const ask = async <Body>(path: string) => (await (await app.request(path)).json()) as Body;
  const meta = await ask<MetaResponse>('/meta');
  const all = await ask<SearchResponse>('/search?status=approved&facets=category');
  const words = {
    areas: meta.areas.map(({ name }) => name),
    categories: (all.facets?.category ?? []).map(({ value }) => value),
    ids: all.trucks.map(({ id }) => id),
    center: meta.city.center,
  };
  return seededRequests(words, SEED, count);
}

function headersOf({ headers }: Answer): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (NOT_COMPARED.has(name) ? [] : [[name, portable(value)]])),
  );
}

/**
 * A text in which the scores of explanations and cursors have 13 digits. JavaScript engines, and versions of one, compute powers whose last
 * digit differs: 0.1469152938896506 in Chromium 156 is 0.14691529388965063 in Node 20, and 4.688367548133004 in Firefox 153 is
 * 4.6883675481330025. All other bytes are compared as they are.
 */
function portable(text: string): string {
  return text
    .replace(/(?<=cursor(?:":"|=))[\w-]+/g, (cursor) => Buffer.from(cursor, 'base64url').toString('utf8'))
    .replace(/\b\d{1,3}\.\d{13,}\b/g, (score) => Number(score).toPrecision(13));
}

/** What two texts have where they begin to differ. */
function firstDifference(own: string, expected: string): readonly [own: string, expected: string] | null {
  if (own === expected) return null;
  let at = 0;
  while (own[at] === expected[at]) at++;
  return [own.slice(Math.max(0, at - 60), at + 60), expected.slice(Math.max(0, at - 60), at + 60)];
}
