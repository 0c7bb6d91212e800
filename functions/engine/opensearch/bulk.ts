import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';
import type { Document } from './document.ts';
import { reasonOf, statusOf } from './errors.ts';

/** Bytes of one request: the cluster's guides say 5 to 15 MB; its limit is 100 MB, a gateway's may be 10 MB. */
const CHUNK_BYTES = 5_000_000;
/** Requests under way at once: two are written while the next is made. */
export const IN_FLIGHT = 3;
/** How long a busy cluster is waited for. */
export type Patience = {
  /** Tries of one chunk. */
  readonly tries: number;
  /** Pause behind the first, milliseconds; each next one is twice as long, up to half a minute. */
  readonly firstWaitMs: number;
};

/** A minute and a half in all: longer than a node's restart, or than a merge keeps the queue full. */
const PATIENCE: Patience = { tries: 10, firstWaitMs: 250 };
const LONGEST_WAIT_MS = 30_000;
/** A chunk may wait for the disk. */
const REQUEST_MS = 120_000;

/** Rows that the cluster refuses for what is in them; the load fails, and says all of them by number and the first by name. */
const NAMED = 5;

type Row = { readonly id: string; readonly lines: string; readonly bytes: number };
type Refused = { readonly id: string; readonly reason: string };
type Item = { readonly status: number; readonly error?: { readonly type?: string; readonly reason?: string } };

/** Busy or restarting: the same request may succeed later. No status: no answer came. */
function isBusy(status: number | undefined): boolean {
  return status === undefined || status === 429 || (status >= 502 && status <= 504);
}

/**
 * Writes documents through a draft's alias, which must exist: an index that was removed meanwhile is not made anew by
 * accident. Waits while the cluster is busy, sends again what it did not take, and halves what is too big.
 * `onDone` hears the number of documents written. @throws EngineError with every row that was refused for good.
 */
export async function writeDocuments(
  client: Client,
  alias: string,
  documents: Iterable<Document>,
  onDone: (documents: number) => void,
  patience: Patience = PATIENCE,
): Promise<number> {
  const refused: Refused[] = [];
  let written = 0;
  const running = new Set<Promise<void>>();
  let failure: unknown;
  for (const rows of chunks(documents)) {
    if (failure) break;
    const job = writeRows({ client, alias, patience, refused }, rows).then(
      () => {
        written += rows.length;
        onDone(written);
      },
      (error: unknown) => {
        failure ??= error;
      },
    );
    running.add(job);
    job.finally(() => running.delete(job));
    if (running.size >= IN_FLIGHT) await Promise.race(running);
  }
  await Promise.all(running);
  if (failure) throw failure;
  if (refused.length > 0) {
    const named = refused.slice(0, NAMED).map(({ id, reason }) => `${id} (${reason})`);
    const more = refused.length > NAMED ? ` and ${refused.length - NAMED} more` : '';
    throw new EngineError(`opensearch refuses ${refused.length} documents: ${named.join('; ')}${more}`);
  }
  return written;
}

/** Documents as the lines of requests, a request at a time. */
export function* chunks(documents: Iterable<Document>): Generator<Row[]> {
  let rows: Row[] = [];
  let size = 0;
  for (const { id, source } of documents) {
    const lines = `${JSON.stringify({ index: { _id: id } })}\n${source}\n`;
    const bytes = Buffer.byteLength(lines);
    if (size + bytes > CHUNK_BYTES && rows.length > 0) {
      yield rows;
      [rows, size] = [[], 0];
    }
    rows.push({ id, lines, bytes });
    size += bytes;
  }
  if (rows.length > 0) yield rows;
}

type Writing = {
  readonly client: Client;
  readonly alias: string;
  readonly patience: Patience;
  /** Gets what is refused for good. */
  readonly refused: Refused[];
};

async function writeRows(writing: Writing, rows: readonly Row[]): Promise<void> {
  const { tries, firstWaitMs } = writing.patience;
  let left = rows;
  let last = '';
  for (let tried = 0; left.length > 0; tried++) {
    if (tried === tries) {
      throw new EngineError(`opensearch did not take ${left.length} documents in ${tries} tries: ${last}`);
    }
    if (tried > 0) {
      const wait = Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (tried - 1));
      // Between half and all of it, so that writers do not return together.
      await sleep(wait * (0.5 + Math.random() / 2));
    }
    try {
      const { again, reason } = await send(writing, left);
      left = again;
      last = reason;
    } catch (error) {
      const status = statusOf(error);
      if (status === 413) return writeHalves(writing, left, error);
      if (error instanceof EngineError || !isBusy(status)) throw error;
      last = reasonOf(error);
    }
  }
}

async function writeHalves(writing: Writing, rows: readonly Row[], error: unknown): Promise<void> {
  const [first] = rows;
  if (rows.length === 1 && first) {
    writing.refused.push({ id: first.id, reason: `${first.bytes} bytes: ${reasonOf(error)}` });
    return;
  }
  const half = Math.ceil(rows.length / 2);
  await writeRows(writing, rows.slice(0, half));
  await writeRows(writing, rows.slice(half));
}

/** Sends rows; gives back those that the cluster was too busy for. */
async function send({ client, alias, refused }: Writing, rows: readonly Row[]) {
  const params = {
    index: alias,
    require_alias: true,
    filter_path: ['errors', 'items.*.status', 'items.*.error.type', 'items.*.error.reason'],
  };
  const lines = rows.map((row) => row.lines).join('');
  const { body } = await client.bulk(
    { ...params, body: lines as never },
    { requestTimeout: REQUEST_MS, maxRetries: 0 },
  );
  const { errors, items = [] } = body as unknown as { errors?: boolean; items?: { index?: Item }[] };
  // An answer that is not about these rows says nothing of them.
  if (errors === undefined || items.length !== rows.length) return { again: rows, reason: 'an answer that was cut' };
  if (!errors) return { again: [], reason: '' };
  const again: Row[] = [];
  let reason = '';
  for (const [at, row] of rows.entries()) {
    const { status, error } = items[at]?.index ?? { status: 503 };
    if (!error) continue;
    if (isBusy(status)) {
      again.push(row);
      reason = `${error.type}`;
    } else if (isAboutIndex(error.type)) {
      throw new EngineError(`opensearch does not take documents: ${error.type}: ${error.reason}`);
    } else refused.push({ id: row.id, reason: `${error.type}: ${error.reason?.slice(0, 200)}` });
  }
  return { again, reason };
}

/** The index is gone or closed to writing, by a full disk perhaps; no row is to blame. */
function isAboutIndex(type: string | undefined): boolean {
  return type === 'index_not_found_exception' || type === 'cluster_block_exception';
}
