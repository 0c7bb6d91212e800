import { SAVED_HEADER } from './api/client.ts';

/*
 * The service worker saves the page itself (the shell) and recent answers on this device. For both, the network comes first:
 * an update arrives with the next load, and nothing stale is shown while there is a connection. Files with a hash in their
 * name never change and come from the cache. Errors are not saved, and tiles are not handled here.
 */

/** Set by the build: every file of the shell, and a hash that changes with any of them. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_VERSION: string;

type ExtendableEvent = Event & { waitUntil(work: Promise<unknown>): void };
type FetchEvent = ExtendableEvent & { readonly request: Request; respondWith(response: Promise<Response>): void };
type ShellWorker = {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void;
};
const worker = self as unknown as ShellWorker;

const SHELL = `shell-${SHELL_VERSION}`;
const ANSWERS = 'answers';
/** Number of searches whose answers are saved. */
const MAX_ANSWERS = 40;
/** The paths whose answers are saved. */
const ANSWER_PATHS = new Set(['/search', '/meta']);
/** After this long without an answer from the network, a saved response is used if there is one. */
const PATIENCE_MS = 4_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((shell) => shell.addAll([...SHELL_FILES]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  const takeOver = async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== ANSWERS) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(takeOver());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/' && url.searchParams.get('embed') !== '1') {
    event.respondWith(networkFirst(request, SHELL, '/'));
  } else if (ANSWER_PATHS.has(url.pathname) && (url.searchParams.get('format') ?? 'json') === 'json') {
    event.respondWith(networkFirst(request, ANSWERS, request.url));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(cacheFirst(request));
  } else if (SHELL_FILES.includes(url.pathname)) {
    event.respondWith(networkFirst(request, SHELL, url.pathname));
  }
});

async function cacheFirst(request: Request): Promise<Response> {
  const cached = await caches.match(request);
  if (cached) return cached;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(SHELL)).put(request, response.clone());
  return response;
}

/** The network's response, saved under `key` if it is a success; without a network, the response saved last. */
async function networkFirst(request: Request, cacheName: string, key: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const saved = await cache.match(key);
  // The browser's HTTP cache could return an answer some minutes old without marking it as saved.
  const fetched = fetch(request, cacheName === ANSWERS ? { cache: 'no-cache' } : {}).then(async (response) => {
    if (response.ok && response.type === 'basic') {
      // Deleted first, so that the keys are in order of use.
      await cache.delete(key);
      await cache.put(key, response.clone());
      if (cacheName === ANSWERS) await deleteOld(cache);
    }
    return response;
  });
  if (!saved) return fetched;
  const timeout = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const response = await Promise.race([fetched, timeout]).catch(() => null);
  return response ?? markSaved(saved);
}

async function deleteOld(answers: Cache): Promise<void> {
  const searches = (await answers.keys()).filter(({ url }) => new URL(url).pathname !== '/meta');
  for (const old of searches.slice(0, Math.max(0, searches.length - MAX_ANSWERS))) await answers.delete(old);
}

async function markSaved(response: Response): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set(SAVED_HEADER, headers.get('Date') ?? new Date(0).toUTCString());
  // The body is decoded, so these headers no longer describe it.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(await response.blob(), { status: response.status, headers });
}
