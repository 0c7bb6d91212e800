/*
 * The service worker: keeps the page itself (the shell) and the last answers on this device. The network always comes first
 * for the page and for answers, so that an update is there with the next load and nothing old is shown while there is a
 * network. What has a hash in its name never changes and comes from the device. Errors are never kept, and tiles are left
 * alone.
 */

/** The build puts these in: every file of the shell, and a text that is another one when any of them is. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_VERSION: string;

export {};

type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Waiting & { readonly request: Request; respondWith(response: Promise<Response>): void };
type ShellWorker = {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void;
};
const worker = self as unknown as ShellWorker;

const SHELL = `shell-${SHELL_VERSION}`;
const ANSWERS = 'answers';
/** Answers that are kept: the last searches of a person, not a copy of the data. */
const ANSWERS_KEPT = 40;
/** The paths whose answers are kept. */
const ANSWERING = new Set(['/search', '/meta']);
/** Says of an answer from this device when the server gave it; the page reads it. */
const SAVED_HEADER = 'Curbside-Saved';
/** A network that does not answer for so long is none, while there is something to show. */
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
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== ANSWERS) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/' && url.searchParams.get('embed') !== '1') {
    event.respondWith(fromNetwork(request, SHELL, '/'));
  } else if (ANSWERING.has(url.pathname) && (url.searchParams.get('format') ?? 'json') === 'json') {
    event.respondWith(fromNetwork(request, ANSWERS, request.url));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(fromDevice(request));
  } else if (SHELL_FILES.includes(url.pathname)) {
    event.respondWith(fromNetwork(request, SHELL, url.pathname));
  }
});

async function fromDevice(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(SHELL)).put(request, response.clone());
  return response;
}

/** What the network says, kept under `key` when it is good; without a network, what was kept last. */
async function fromNetwork(request: Request, store: string, key: string): Promise<Response> {
  const cache = await caches.open(store);
  const kept = await cache.match(key);
  // The browser's own cache would give an answer of some minutes ago without a word.
  const asked = fetch(request, store === ANSWERS ? { cache: 'no-cache' } : {}).then(async (response) => {
    if (response.ok && response.type === 'basic') {
      // Deleted first, so that the order of keys is the order of use.
      await cache.delete(key);
      await cache.put(key, response.clone());
      if (store === ANSWERS) await forgetOld(cache);
    }
    return response;
  });
  if (!kept) return asked;
  const patience = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const response = await Promise.race([asked, patience]).catch(() => null);
  return response ?? saved(kept);
}

async function forgetOld(answers: Cache): Promise<void> {
  const searches = (await answers.keys()).filter(({ url }) => new URL(url).pathname !== '/meta');
  for (const old of searches.slice(0, Math.max(0, searches.length - ANSWERS_KEPT))) await answers.delete(old);
}

async function saved(response: Response): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set(SAVED_HEADER, headers.get('Date') ?? new Date(0).toUTCString());
  // The body as it was decoded: what it was packed in no longer is.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(await response.blob(), { status: response.status, headers });
}
