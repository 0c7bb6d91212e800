import { openSections } from '../../functions/engine/embedded/engine.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import type { SiteRelease } from '../../functions/model/site-release.ts';
import { parserOf } from '../../functions/model/text/parser-of-release.ts';
import { keptFile, releaseCache } from './release-cache.ts';

/** After this long without an answer, the kept release is used if there is one, milliseconds. */
const PATIENCE_MS = 4_000;
/** A release is kept this long after it has been opened, milliseconds. */
const STORE_AFTER_MS = 500;

/**
 * The newest release that a site has; without a connection, the one that this device has kept.
 * @param url of `current.json` @throws TypeError if there is neither
 */
export async function newestRelease(url: string): Promise<SiteRelease> {
  const cached = await lastRelease(url);
  const signal = cached ? AbortSignal.timeout(PATIENCE_MS) : null;
  try {
    const response = await fetch(url, { cache: 'no-cache', signal });
    if (!response.ok) throw new TypeError(`${url}: status ${response.status}`);
    const release = (await response.json()) as SiteRelease;
    // A server has none of a large city.
    if (!release.index) throw new TypeError(`${url}: no index`);
    return release;
  } catch (error) {
    if (cached) return cached;
    throw error;
  }
}

/** The release that this device has kept. @param url of `current.json` */
export async function lastRelease(url: string): Promise<SiteRelease | undefined> {
  return (await keptFile(url))?.json() as Promise<SiteRelease> | undefined;
}

export type Unpacker = typeof import('../../functions/engine/embedded/transport/unpack-index.ts');

/** Loads the script that unpacks an index. */
export function loadUnpacker(): Promise<Unpacker> {
  const unpacker = import('../../functions/engine/embedded/transport/unpack-index.ts');
  // Without a release, nobody waits for it.
  unpacker.catch(() => undefined);
  return unpacker;
}

type OpenOptions = {
  /** URL of `current.json`. */
  readonly url: string;
  readonly unpacker: Promise<Unpacker>;
  /** Called once the index has been requested. The signal is aborted when it is open, or cannot be opened. */
  readonly onRequest: (arrival: AbortSignal) => void;
};

/**
 * Opens a release, and keeps it on this device in the place of the previous one.
 * @throws Error if its index cannot be read or is damaged
 */
export async function openSiteRelease(release: SiteRelease, options: OpenOptions): Promise<Engine> {
  const { url, unpacker, onRequest } = options;
  const address = new URL(release.index, url).href;
  const cached = await keptFile(address, url);
  // A damaged copy is replaced.
  const opened = cached && (await open(cached, release, unpacker).catch(() => undefined));
  if (opened) return opened;
  const arrival = new AbortController();
  try {
    const request = fetch(address);
    onRequest(arrival.signal);
    const response = await request;
    if (!response.ok) throw new TypeError(`${address}: status ${response.status}`);
    const copy = response.clone();
    const engine = await open(response, release, unpacker);
    // The first answer does not wait for it.
    setTimeout(() => void store(release, { address, index: copy, url }).catch(() => undefined), STORE_AFTER_MS);
    return engine;
  } finally {
    arrival.abort();
  }
}

async function open(
  response: Response,
  { version, provenance }: SiteRelease,
  script: Promise<Unpacker>,
): Promise<Engine> {
  const unpacker = new (await script).IndexUnpacker();
  let isPrepared = false;
  for (const reader = (await unzipped(response)).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    unpacker.add(value);
    if (isPrepared || !unpacker.metadata) continue;
    // The vocabularies are compiled for the first words, which takes less time than the rest needs to arrive.
    const { content, words } = unpacker.metadata;
    parserOf({ city: content.city, words })({ text: 'tacos', strict: false, exclude: [] });
    isPrepared = true;
  }
  const engine = openSections(unpacker.finish(), provenance);
  const about = await engine.about();
  if (about.version !== version) throw new Error(`it is the index of release ${about.version}`);
  return engine;
}

/** Some servers declare the compression of a `.gz` file, and the browser has decompressed it then. */
async function unzipped({ body }: Response): Promise<ReadableStream<Uint8Array>> {
  const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  const first = await reader.read();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => (first.done ? controller.close() : controller.enqueue(first.value)),
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  // The first byte of a packed index is its version.
  return first.value?.[0] === 0x1f ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
}

type ReleaseFiles = { readonly address: string; readonly index: Response; readonly url: string };

/** The pointer comes after the index, so that it never names one that is not there. */
async function store(release: SiteRelease, { address, index, url }: ReleaseFiles): Promise<void> {
  const cache = await releaseCache(url);
  await cache.put(address, index);
  await cache.put(url, Response.json(release));
  for (const { url: old } of await cache.keys()) if (old !== address && old !== url) await cache.delete(old);
}
