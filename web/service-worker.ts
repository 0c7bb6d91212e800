import { SAVED_HEADER } from './api/client.ts';

/*
 * The service worker saves the page itself (the shell) and recent answers on this device. For both, the network comes first:
 * an update arrives with the next load, and nothing stale is shown while there is a connection. Files with a hash in their
 * name never change and come from the cache. Errors are not saved, and tiles are not handled here.
 */

/**
 * Set by the build: the files of the shell besides the page, relative to this script, and a hash that changes with any of them. `FIRST_FILES`
 * begins with the page's script, and every visit has loaded them before this worker is installed; `LATER_FILES` are those of which a visit
 * needs a few or none, such as the other languages.
 */
declare const FIRST_FILES: readonly string[];
declare const LATER_FILES: readonly string[];
declare const SHELL_VERSION: string;

type ExtendableEvent = Event & { waitUntil(work: Promise<unknown>): void };
type FetchEvent = ExtendableEvent & { readonly request: Request; respondWith(response: Promise<Response>): void };
type ShellWorker = {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { includeUncontrolled: true; type: 'window' }): Promise<{ readonly url: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void;
};
const worker = self as unknown as ShellWorker;

/** The page's folder on its host, with slashes at both ends. */
const ROOT = new URL('.', worker.location.href).pathname;
/** Pages in other folders of the host have caches of their own. */
const SHELLS = `${ROOT}shell-`;
/** Caches of versions before 2026-11-27, which worked only at the root of a host. */
const FORMER_CACHES = /^(?:shell-.*|answers)$/;
const SHELL = SHELLS + SHELL_VERSION;
const ANSWERS = `${ROOT}answers`;
/** Number of searches whose answers are saved. */
const MAX_ANSWERS = 40;
/** The paths whose answers are saved. */
const ANSWER_PATHS = new Set(['search', 'meta']);
/** After this long without an answer from the network, a saved response is used if there is one. */
const PATIENCE_MS = 4_000;

worker.addEventListener('install', (event) => {
  const install = async () => {
    try {
      await storeShell();
    } catch {
      // The device may be full: the shell is worth more than saved answers.
      await caches.delete(ANSWERS);
      await storeShell();
    }
    await worker.skipWaiting();
  };
  event.waitUntil(install());
});

/**
 * Stores what the page has just loaded, which is in the browser's HTTP cache: a first visit makes no request for it. The second visit adds
 * the rest, and so does the installation of an update. If it fails, an older worker goes on with its own shell.
 */
async function storeShell(): Promise<void> {
  const isUpdate = (await caches.keys()).some((name) => name.startsWith(SHELLS) && name !== SHELL);
  const shell = await caches.open(SHELL);
  await shell.put(ROOT, await loadedPage());
  await shell.addAll([...FIRST_FILES]);
  if (isUpdate) await storeRest(shell);
  else await storeLoaded(shell);
}

/** The open page from the HTTP cache, unless that is of another version. @throws Error if it cannot be loaded */
async function loadedPage(): Promise<Response> {
  const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  const open = pages.find(({ url }) => isPage(new URL(url)));
  const page = await fetch(open?.url ?? ROOT, { cache: 'force-cache' });
  const isCurrent = page.ok && (await page.clone().text()).includes(FIRST_FILES[0] ?? '');
  const current = isCurrent ? page : await fetch(ROOT, { cache: 'no-cache' });
  if (!current.ok) throw new Error(`the page has status ${current.status}`);
  return current;
}

/** Stores those of the other files that the page has loaded, such as its language. */
async function storeLoaded(shell: Cache): Promise<void> {
  for (const file of LATER_FILES) {
    // Fails if the HTTP cache does not have it.
    const loaded = await fetch(file, { cache: 'only-if-cached', mode: 'same-origin' }).catch(ignore);
    if (loaded?.ok) await shell.put(file, loaded);
  }
}

async function storeRest(shell: Cache): Promise<void> {
  for (const file of LATER_FILES) if (!(await shell.match(file))) await shell.add(file);
}

worker.addEventListener('activate', (event) => {
  const takeOver = async () => {
    await deleteOtherShells().catch(ignore);
    await worker.clients.claim();
  };
  event.waitUntil(takeOver());
});

/** Other versions stay as long as this one is not whole. */
async function deleteOtherShells(): Promise<void> {
  const shell = await caches.open(SHELL);
  for (const file of [ROOT, ...FIRST_FILES]) if (!(await shell.match(file))) return;
  for (const name of await caches.keys()) {
    const isFormer = ROOT === '/' && FORMER_CACHES.test(name);
    if (isFormer || (name !== SHELL && name.startsWith(SHELLS))) await caches.delete(name);
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin || !url.pathname.startsWith(ROOT)) return;
  const path = url.pathname.slice(ROOT.length);
  const respond = (use: Strategy) => {
    // Saving goes on after the response, and an error of it is none of the page's.
    const save = (work: Promise<unknown>) => event.waitUntil(work.catch(ignore));
    event.respondWith(use(save));
  };
  if (request.mode === 'navigate' && isPage(url)) {
    respond((save) => {
      const response = networkFirst(request, SHELL, ROOT, save);
      // The page's own files come first.
      save(response.then(async () => storeRest(await caches.open(SHELL))));
      return response;
    });
  } else if (request.mode === 'navigate' && path === '') {
    respond(() => fetch(request).catch(savedFrame));
  } else if (ANSWER_PATHS.has(path) && (url.searchParams.get('format') ?? 'json') === 'json') {
    respond((save) => networkFirst(request, ANSWERS, request.url, save));
  } else if (path.startsWith('assets/')) {
    respond((save) => cacheFirst(request, save));
  } else if (LATER_FILES.includes(path)) {
    respond((save) => networkFirst(request, SHELL, url.pathname, save));
  }
});

/** The page itself, except in another site's frame. */
function isPage({ pathname, searchParams }: URL): boolean {
  return pathname === ROOT && searchParams.get('embed') !== '1';
}

/** The saved page for a frame, such as the preview of the code for another page. That of a server forbids frames by its header. */
async function savedFrame(error: unknown): Promise<Response> {
  const saved = await readSaved(async () => (await caches.open(SHELL)).match(ROOT));
  if (!saved || saved.headers.has('Content-Security-Policy')) throw error;
  return saved;
}

type Save = (work: Promise<unknown>) => void;
type Strategy = (save: Save) => Promise<Response>;

function ignore(): void {}

/** The saved response; `undefined` if there is none, or if the browser refuses (private windows and full devices do). */
function readSaved(read: () => Promise<Response | undefined>): Promise<Response | undefined> {
  return Promise.resolve().then(read).catch(ignore) as Promise<Response | undefined>;
}

async function cacheFirst(request: Request, save: Save): Promise<Response> {
  const saved = await readSaved(() => caches.match(request));
  if (saved) return saved;
  const response = await fetch(request);
  if (response.ok) save(store(SHELL, request, response.clone()));
  return response;
}

/** The network's response, saved under `key` if it is a success; without a network, the response saved last. */
async function networkFirst(request: Request, cacheName: string, key: string, save: Save): Promise<Response> {
  const saved = await readSaved(async () => (await caches.open(cacheName)).match(key));
  // The browser's HTTP cache could return an answer some minutes old without marking it as saved. Only a page that wants what it has just
  // loaded to be saved asks for that.
  const isFresh = cacheName === ANSWERS && request.cache !== 'force-cache';
  const fetched = fetch(request, isFresh ? { cache: 'no-cache' } : {});
  // Called now: after a saved response is returned, the browser may end the worker before the network has answered.
  save(
    fetched.then((response) =>
      response.ok && response.type === 'basic' ? store(cacheName, key, response.clone()) : undefined,
    ),
  );
  if (!saved) return fetched;
  const timeout = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const response = await Promise.race([fetched, timeout]).catch(() => null);
  return response ?? markSaved(saved);
}

/**
 * Saves a response in the place of the saved one, which stays until the new one is complete. On a full device saved answers are deleted,
 * and the response is not saved.
 */
async function store(cacheName: string, key: RequestInfo, response: Response): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    // The body is read first: a connection that breaks off must not cost the saved response.
    const { status, statusText, headers } = response;
    await cache.put(key, new Response(await response.blob(), { status, statusText, headers }));
    if (cacheName === ANSWERS) await deleteOld(cache, MAX_ANSWERS);
  } catch {
    await deleteOld(await caches.open(ANSWERS), MAX_ANSWERS / 2);
  }
}

/** Deletes the searches that were used longest ago. */
async function deleteOld(answers: Cache, kept: number): Promise<void> {
  const searches = (await answers.keys()).filter(({ url }) => !new URL(url).pathname.endsWith('/meta'));
  for (const old of searches.slice(0, Math.max(0, searches.length - kept))) await answers.delete(old);
}

async function markSaved(response: Response): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set(SAVED_HEADER, headers.get('Date') ?? new Date(0).toUTCString());
  // The body is decoded, so these headers no longer describe it.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(await response.blob(), { status: response.status, headers });
}
