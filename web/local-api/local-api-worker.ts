import { openSections } from '../../functions/engine/embedded/engine.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import { createApp } from '../../functions/http/app.ts';
import type { SiteRelease } from '../../functions/model/site-release.ts';
import type { LocalAnswer, LocalRequest } from './messages.ts';
import { lastRelease, loadUnpacker, newestRelease, openSiteRelease, type Unpacker } from './open-site-release.ts';

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

type Send = (path: string, signal?: AbortSignal) => Response | Promise<Response>;
type OpenApi = { readonly send: Send; readonly release: SiteRelease };
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
  const unpacker = loadUnpacker();
  // Loaded now, and run once the index has been requested: a slow processor would send that request later.
  const script = import('./warm-up.ts');
  // Without it, only the first answer is slower.
  const onRequest = (arrival: AbortSignal) => void warmUp(script, unpacker, arrival).catch(() => undefined);
  script.catch(() => undefined);
  try {
    return await openRelease(await newestRelease(CURRENT), unpacker, onRequest);
  } catch (error) {
    // The connection may have ended between the two files.
    const last = await lastRelease(CURRENT);
    if (!last) throw error;
    return openRelease(last, unpacker, onRequest);
  }
}

async function openRelease(
  release: SiteRelease,
  unpacker: Promise<Unpacker>,
  onRequest: (arrival: AbortSignal) => void = () => {},
): Promise<OpenApi> {
  const engine = await openSiteRelease(release, { url: CURRENT, unpacker, onRequest });
  return { send: sendTo(engine, release), release };
}

function sendTo(engine: Engine, { tiles, cities: cityLinks }: Pick<SiteRelease, 'tiles' | 'cities'>): Send {
  const log = (event: string, fields: unknown) => console.error(event, fields);
  const { fetch: send } = createApp({ engine: () => engine, tiles, cityLinks, log });
  return (path, signal) => send(new Request(new URL(path, worker.location.href), { signal: signal ?? null }));
}

/** Runs the code that the first answer needs, until the index has arrived. */
async function warmUp(
  script: Promise<typeof import('./warm-up.ts')>,
  unpacker: Promise<Unpacker>,
  arrival: AbortSignal,
): Promise<void> {
  const [{ answerBefore }, { unpackIndex }] = await Promise.all([script, unpacker]);
  await answerBefore(arrival, (packed, provenance) =>
    sendTo(openSections(unpackIndex(packed), provenance), { tiles: null }),
  );
}

/** Takes up a newer release. Until it is open, requests are answered from the old one. */
async function checkForNewer({ release }: OpenApi): Promise<void> {
  if (Date.now() - checkedAt < release.checkSeconds * 1_000) return;
  checkedAt = Date.now();
  const newest = await newestRelease(CURRENT);
  if (newest.index !== release.index) opening = Promise.resolve(await openRelease(newest, loadUnpacker()));
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
    const response = await api.send(path, signal);
    const body = await response.arrayBuffer();
    worker.postMessage({ id, status: response.status, headers: [...response.headers], body }, [body]);
    await checkForNewer(api).catch(() => undefined);
  } catch (error) {
    worker.postMessage({ id, failure: String(error) });
  } finally {
    running.delete(id);
  }
}
