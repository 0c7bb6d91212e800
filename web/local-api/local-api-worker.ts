import { createApp } from '../../functions/http/app.ts';
import type { SiteRelease } from '../../functions/model/site-release.ts';
import type { LocalAnswer, LocalRequest } from './messages.ts';
import { lastRelease, newestRelease, openSiteRelease } from './open-site-release.ts';

/*
 * The API in a dedicated worker of the page: the app that servers run, over the index file of the site's newest release. Each answer has
 * the bytes that a server would send.
 */

type DedicatedWorker = {
  readonly location: Location;
  onmessage: (event: MessageEvent<LocalRequest>) => void;
  postMessage(answer: LocalAnswer, transfer?: Transferable[]): void;
};
const worker = self as unknown as DedicatedWorker;

/** The script is in the site's folder `assets`. */
const CURRENT = new URL('../data/current.json', worker.location.href).href;

type OpenApi = {
  readonly send: (request: Request) => Response | Promise<Response>;
  readonly release: SiteRelease;
};
let opening: Promise<OpenApi> | null = null;
let checkedAt = 0;

/** Opens the newest release for the first request; after a failure, the next request tries again. */
function openApi(): Promise<OpenApi> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open(): Promise<OpenApi> {
  checkedAt = Date.now();
  try {
    return await openRelease(await newestRelease(CURRENT));
  } catch (error) {
    // The connection may have ended between the two files.
    const last = await lastRelease(CURRENT);
    if (!last) throw error;
    return openRelease(last);
  }
}

async function openRelease(release: SiteRelease): Promise<OpenApi> {
  const engine = await openSiteRelease(release, CURRENT);
  const log = (event: string, fields: unknown) => console.error(event, fields);
  const app = createApp({ engine: () => engine, tiles: release.tiles, log });
  return { send: app.fetch, release };
}

/** Takes up a newer release. Until it is open, requests are answered from the old one. */
async function checkForNewer({ release }: OpenApi): Promise<void> {
  if (Date.now() - checkedAt < release.checkSeconds * 1_000) return;
  checkedAt = Date.now();
  const newest = await newestRelease(CURRENT);
  if (newest.index !== release.index) opening = Promise.resolve(await openRelease(newest));
}

const running = new Map<number, AbortController>();

worker.onmessage = ({ data }) => {
  if ('cancelled' in data) running.get(data.id)?.abort();
  else void answer(data.id, data.path);
};

async function answer(id: number, path: string): Promise<void> {
  const abortController = new AbortController();
  running.set(id, abortController);
  try {
    const api = await openApi();
    const { signal } = abortController;
    const response = await api.send(new Request(new URL(path, worker.location.href), { signal }));
    const body = await response.arrayBuffer();
    worker.postMessage({ id, status: response.status, headers: [...response.headers], body }, [body]);
    await checkForNewer(api).catch(() => undefined);
  } catch (error) {
    worker.postMessage({ id, failure: String(error) });
  } finally {
    running.delete(id);
  }
}
