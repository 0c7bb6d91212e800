import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';
import type { Document } from './document.ts';
import { reasonOf, statusOf } from './errors.ts';

/** Size of one request. OpenSearch's guides recommend 5 to 15 MB; its limit is 100 MB, and a gateway's may be 10 MB. */
const CHUNK_BYTES = 5_000_000;
/** Concurrent requests: the cluster writes two while the next one is built. */
export const IN_FLIGHT = 3;

/** How long to retry while the cluster is busy. */
export type RetryPolicy = {
  /** Tries of one chunk. */
  readonly tries: number;
  /** Pause after the first try, milliseconds; each further pause is twice as long, up to {@link LONGEST_WAIT_MS}. */
  readonly firstWaitMs: number;
};

/** A minute and a half in all: longer than the restart of a node, or than a merge keeps the queue full. */
const RETRY_POLICY: RetryPolicy = { tries: 10, firstWaitMs: 250 };
const LONGEST_WAIT_MS = 30_000;
/** Timeout of one request: writing may wait for the disk. */
const REQUEST_MS = 120_000;

/** Rejected documents that the error names; it counts the others. */
const MAX_NAMED = 5;

type Row = { readonly id: string; readonly lines: string; readonly bytes: number };
type Rejection = { readonly id: string; readonly reason: string };
type Item = { readonly status: number; readonly error?: { readonly type?: string; readonly reason?: string } };

/** The cluster is busy or restarting, or did not respond (no status): the same request may succeed later. */
function isBusy(status: number | undefined): boolean {
  return status === undefined || status === 429 || (status >= 502 && status <= 504);
}

/**
 * Writes documents through the alias of a draft, which must exist: this never creates an index again that was removed meanwhile.
 * Waits while the cluster is busy, sends rejected rows again, and halves requests that are too large.
 * @param onProgress gets the number of documents written so far
 * @returns the number of documents written @throws EngineError that names the documents the cluster rejected for good
 */
export async function writeDocuments(
  client: Client,
  alias: string,
  documents: Iterable<Document>,
  onProgress: (documents: number) => void,
  retryPolicy: RetryPolicy = RETRY_POLICY,
): Promise<number> {
  const rejections: Rejection[] = [];
  let written = 0;
  const running = new Set<Promise<void>>();
  let failure: unknown;
  for (const rows of chunks(documents)) {
    if (failure) break;
    const job = writeRows({ client, alias, retryPolicy, rejections }, rows).then(
      () => {
        written += rows.length;
        onProgress(written);
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
  if (rejections.length > 0) {
    const named = rejections.slice(0, MAX_NAMED).map(({ id, reason }) => `${id} (${reason})`);
    const more = rejections.length > MAX_NAMED ? ` and ${rejections.length - MAX_NAMED} more` : '';
    throw new EngineError(`opensearch rejected ${documentCount(rejections.length)}: ${named.join('; ')}${more}`);
  }
  return written;
}

function documentCount(count: number): string {
  return count === 1 ? '1 document' : `${count} documents`;
}

/** The lines of a `_bulk` body for each document, grouped into requests. */
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

type Writer = {
  readonly client: Client;
  readonly alias: string;
  readonly retryPolicy: RetryPolicy;
  /** Collects the documents that the cluster rejects for good. */
  readonly rejections: Rejection[];
};

async function writeRows(writer: Writer, rows: readonly Row[]): Promise<void> {
  const { tries, firstWaitMs } = writer.retryPolicy;
  let left = rows;
  let lastReason = '';
  for (let tried = 0; left.length > 0; tried++) {
    if (tried === tries) {
      throw new EngineError(`opensearch did not accept ${documentCount(left.length)} in ${tries} tries: ${lastReason}`);
    }
    if (tried > 0) {
      const wait = Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (tried - 1));
      // A random half to all of it, so that concurrent writers do not return at the same time.
      await sleep(wait * (0.5 + Math.random() / 2));
    }
    try {
      const { again, reason } = await sendRows(writer, left);
      left = again;
      lastReason = reason;
    } catch (error) {
      const status = statusOf(error);
      if (status === 413) return writeHalves(writer, left, error);
      if (error instanceof EngineError || !isBusy(status)) throw error;
      lastReason = reasonOf(error);
    }
  }
}

async function writeHalves(writer: Writer, rows: readonly Row[], error: unknown): Promise<void> {
  const [first] = rows;
  if (rows.length === 1 && first) {
    writer.rejections.push({ id: first.id, reason: `${first.bytes} bytes: ${reasonOf(error)}` });
    return;
  }
  const half = Math.ceil(rows.length / 2);
  await writeRows(writer, rows.slice(0, half));
  await writeRows(writer, rows.slice(half));
}

/** Sends rows in one request. @returns the rows to send again, because the cluster was too busy for them, and why */
async function sendRows({ client, alias, rejections }: Writer, rows: readonly Row[]) {
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
  // A truncated response does not tell which rows were written.
  if (errors === undefined || items.length !== rows.length)
    return { again: rows, reason: 'the response was truncated' };
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
      throw new EngineError(`opensearch does not accept documents: ${error.type}: ${error.reason}`);
    } else rejections.push({ id: row.id, reason: `${error.type}: ${error.reason?.slice(0, 200)}` });
  }
  return { again, reason };
}

/** The index was removed, or closed to writes (by a full disk, for example): no row is at fault. */
function isAboutIndex(type: string | undefined): boolean {
  return type === 'index_not_found_exception' || type === 'cluster_block_exception';
}
