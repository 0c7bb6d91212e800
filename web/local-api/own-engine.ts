import type { SiteRelease } from '../../functions/model/site-release.ts';
import { limitTime } from '../../functions/model/time-limit.ts';
import { SAVED_HEADER } from '../api/client.ts';
import type { MetaAnswer } from '../api/types.ts';
import { recall, remember } from '../device/remembered.ts';
import { startLocalApi } from './local-api.ts';
import { downloadLocally } from './local-downloads.ts';
import type { LocalAnswer, LocalRequest } from './messages.ts';
import { keptFile } from './release-cache.ts';

/*
 * The page's own API in place of a server that fails. A script of its own, built apart from the page: a chunk that shared anything with
 * main.ts would add a request to each first visit.
 */

/** The URLs of the worker's script, and of all files that it may load, such as the one that makes calendars; set by the build. */
declare const LOCAL_API_FILE: string;
declare const LOCAL_API_FILES: readonly string[];

const CURRENT = new URL('data/current.json', document.baseURI).href;
/** After this long the page is complete on all but the slowest connections. */
const KEEP_AFTER_MS = 3_000;
/** The kept release is renewed at most once in this time. */
const RENEW_MS = 86_400_000;
/** How often, and after which times, the page looks whether a release is stored. */
const STORE_ATTEMPTS = 5;
const STORE_MS = 2_000;
/** If the release is not kept, it must arrive and be opened within this time. */
const OPEN_MS = 10_000;
/** After a failure to answer, the next requests do not wait for another attempt. */
const RETRY_MS = 30_000;
/** The server is asked again after the first of these times, and after twice the previous one up to the last. */
const PROBE_MS = { first: 5_000, last: 60_000 };

let api: typeof fetch | null = null;
let nextAttemptAt = 0;

/** The page's own API, started when it is needed for the first time. */
function ownApi(): typeof fetch {
  api ??= startLocalApi(LOCAL_API_FILE);
  return api;
}

// A device without a connection may not have searched since it lost it.
downloadLocally(() => window.localApi ?? (navigator.onLine ? undefined : ownApi()));

/** Whether the browser saves data, or the connection is too slow for a download that may never be needed. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData === true || /2g$/.test(connection?.effectiveType ?? '');
}

/** Keeps the newest release on this device, in idle time. */
export function keepRelease(): void {
  // Safari has no idle time.
  const { requestIdleCallback: whenIdle = setTimeout } = window;
  setTimeout(() => whenIdle(download), KEEP_AFTER_MS);
}

/** Downloads the newest release, unless that was done a short time ago. */
async function download(): Promise<void> {
  const isNew = Date.now() - Date.parse(recall('release') ?? '') < RENEW_MS;
  // A new version of the page has another worker.
  const isKept = (await keptFile(CURRENT)) && (await missingFiles()).length === 0;
  if (savesData() || (isNew && isKept)) return;
  const worker = new Worker(LOCAL_API_FILE, { type: 'module' });
  worker.postMessage({ id: 0, path: '/meta' } satisfies LocalRequest);
  worker.onerror = () => worker.terminate();
  worker.onmessage = async ({ data }: MessageEvent<LocalAnswer>) => {
    const isStored =
      'body' in data && (await waitUntilKept(JSON.parse(new TextDecoder().decode(data.body)) as MetaAnswer));
    worker.terminate();
    if (!isStored) return;
    // The service worker saves them.
    for (const file of await missingFiles()) await fetch(file).catch(() => undefined);
    remember('release', new Date().toISOString());
  };
}

/** The files of the worker that this device has not kept. */
async function missingFiles(): Promise<string[]> {
  const isMissing = await Promise.all(
    LOCAL_API_FILES.map(async (file) => !(await caches.match(new URL(file, document.baseURI)))),
  );
  return LOCAL_API_FILES.filter((_, at) => isMissing[at]);
}

/** Waits for the worker, which stores a release after its answer. Returns whether it has. */
async function waitUntilKept({ meta }: MetaAnswer): Promise<boolean> {
  for (let attempt = 0; attempt < STORE_ATTEMPTS; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, STORE_MS));
    const kept = (await (await keptFile(CURRENT))?.json()) as SiteRelease | undefined;
    if (kept?.version === meta.data_version) return true;
  }
  return false;
}

/**
 * The answer of the page's own API to a request that the server has failed to answer; `null` if there is none. After the first one, it
 * answers all requests until the server does.
 * @param onChange is called with `true` when it takes over, and with `false` when the server is back
 */
export async function answerInstead(
  url: string,
  signal: AbortSignal | undefined,
  onChange: (isServerDown: boolean) => void,
): Promise<Response | null> {
  if (Date.now() < nextAttemptAt) return null;
  if (!(await keptFile(CURRENT)) && (savesData() || !navigator.onLine)) return null;
  const own = ownApi();
  const limit = limitTime(OPEN_MS, signal);
  try {
    const response = await own(url, { signal: limit.signal });
    if (response.status >= 500) return null;
    takeOver(url, own, onChange);
    return response;
  } catch {
    signal?.throwIfAborted();
    nextAttemptAt = Date.now() + RETRY_MS;
    return null;
  } finally {
    limit.end();
  }
}

function takeOver(url: string, own: typeof fetch, onChange: (isServerDown: boolean) => void): void {
  if (window.localApi) return;
  window.localApi = own;
  onChange(true);
  let delay = PROBE_MS.first;
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    // Pages that lost the server at the same moment do not ask it at the same moment.
    timer = setTimeout(probe, delay * (0.75 + Math.random() / 2));
    delay = Math.min(2 * delay, PROBE_MS.last);
  };
  const probe = async () => {
    clearTimeout(timer);
    if (!(await answersAgain(url))) return wait();
    window.removeEventListener('online', probe);
    if (!window.localApi) return;
    window.localApi = undefined;
    onChange(false);
  };
  window.addEventListener('online', probe);
  wait();
}

/** Whether the server answers the request that it has failed to answer. */
async function answersAgain(url: string): Promise<boolean> {
  const limit = limitTime(OPEN_MS);
  try {
    const response = await fetch(url, { cache: 'no-cache', signal: limit.signal });
    return response.status < 500 && !response.headers.has(SAVED_HEADER);
  } catch {
    return false;
  } finally {
    limit.end();
  }
}
