import { openIndex } from '../engine/embedded/engine.ts';
import { readableIndex } from '../engine/embedded/file/readable-index.ts';
import { createApp } from '../http/app.ts';
import type { Gzip } from '../http/middleware/compression.ts';
import type { DelegatedRequest } from '../http/middleware/delegation.ts';
import { plainRequest } from '../http/middleware/plain-request.ts';
import { type PlainResponse, toPlainResponse } from '../http/middleware/plain-response.ts';
import type { FromThread, OpenRelease, ThreadSettings, ToThread } from './thread-messages.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

export type ThreadAppDeps = ThreadSettings & {
  readonly gzip: Gzip;
  readonly post: (message: FromThread, transfer?: ArrayBuffer[]) => void;
};

/** The app of a thread: handles the messages of the pool. Each release has an app of its own, so that a response is of one release. */
export function createThreadApp({ post, ...deps }: ThreadAppDeps): (message: ToThread) => void {
  const apps = new Map<number, Fetch>();
  /** Requests that are being answered. */
  const callers = new Map<number, AbortController>();
  const log = (event: string, fields: Record<string, unknown>) => post({ kind: 'log', event, fields });

  function open(release: number, { index, provenance, root, tiles }: OpenRelease): void {
    try {
      const engine = openIndex(readableIndex(index), provenance);
      // The ids come from the pool's thread, which has checked them.
      const app = createApp({
        ...deps,
        root,
        tiles,
        engine: () => engine,
        log,
        toResponse: toPlainResponse,
        acceptsRequestIds: true,
      });
      apps.set(release, app.fetch);
      post({ kind: 'opened', release, error: null });
    } catch (error) {
      post({ kind: 'opened', release, error: String(error) });
    }
  }

  async function respond(id: number, fetch: Fetch, request: DelegatedRequest): Promise<void> {
    const caller = new AbortController();
    callers.set(id, caller);
    const response = await plainOf(await fetch(plainRequest({ ...request, signal: caller.signal })));
    callers.delete(id);
    const { body } = response;
    post({ kind: 'response', id, response }, body instanceof Uint8Array ? [body.buffer] : []);
  }

  return (message) => {
    switch (message.kind) {
      case 'open':
        return open(message.release, message);
      case 'close':
        return void apps.delete(message.release);
      case 'leave':
        return callers.get(message.id)?.abort();
      case 'request': {
        const { id, release, request } = message;
        const fetch = apps.get(release);
        if (!fetch) return post({ kind: 'response', id, response: null });
        void respond(id, fetch, request);
      }
    }
  };
}

/** Problems are responses of the platform. */
async function plainOf(response: Response | PlainResponse): Promise<PlainResponse> {
  if (!('arrayBuffer' in response)) return response;
  const { status, headers, body } = response;
  return { status, body: body && (await response.text()), headers: Object.fromEntries(headers) };
}
