import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutSecrets } from './address.ts';
import type { Download } from './download.ts';

/** What was fetched of one source: one download, or one for each page. */
export type CachedSet = {
  /** RFC 3339 instant at which the server last gave or confirmed it. */
  readonly fetchedAt: string;
  readonly downloads: readonly Download[];
};

type Entry = { directory: string; name: string };

/** The JSON file of an entry. It names its body by content, so that a crash between the two writes leaves the old pair whole. */
type Meta = {
  readonly format: typeof FORMAT;
  readonly url: string;
  readonly fetchedAt: string;
  readonly body: string;
  readonly sha256: string;
  readonly parts: readonly { id: string; bytes: number; etag: string | null; lastModified: string | null }[];
};

/** To be raised when the readers of tables become stricter too: a kept copy is taken to be a table. */
const FORMAT = 1;
/** A write that died leaves its temporary file; one this old belongs to nobody. */
const STALE_MS = 3_600_000;

/** The entry of one address in a directory: a readable name and a hash of everything that decides what is fetched. */
export function cacheEntry(directory: string, { url, paging }: { url: URL; paging: string }): Entry {
  const readable = `${url.host}${url.pathname}`.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  return { directory, name: `${readable}-${hash(`${paging} ${url.href}`).slice(0, 16)}` };
}

/** Reads an entry; `warning` says why one that is there is not used. */
export async function readCache(entry: Entry): Promise<{ set?: CachedSet; warning?: string }> {
  let text: string;
  try {
    text = await readFile(join(entry.directory, `${entry.name}.json`), 'utf8');
  } catch (error) {
    return isMissing(error) ? {} : damaged(entry, error);
  }
  try {
    const meta = JSON.parse(text) as Meta;
    if (meta.format !== FORMAT) throw new Error(`format ${String(meta.format)} instead of ${FORMAT}`);
    if (meta.body.includes('/') || meta.body.includes('\\')) throw new Error('its body lies elsewhere');
    const body = await readFile(join(entry.directory, meta.body));
    if (hash(body) !== meta.sha256) throw new Error('its content has changed');
    if (Number.isNaN(Date.parse(meta.fetchedAt))) throw new Error('it has no date');
    let offset = 0;
    const downloads = meta.parts.map(({ id, bytes, etag, lastModified }): Download => {
      offset += bytes;
      return { id, body: body.subarray(offset - bytes, offset), etag, lastModified };
    });
    if (offset !== body.length) throw new Error('its parts do not fill it');
    return { set: { fetchedAt: meta.fetchedAt, downloads } };
  } catch (error) {
    return damaged(entry, error);
  }
}

/**
 * Writes an entry: the body and then the JSON, each under a temporary name that is renamed when it is complete. What cannot be
 * written costs the next start some time, not this one its data: it is told, not thrown.
 */
export async function writeCache(
  entry: Entry,
  url: URL,
  { fetchedAt, downloads }: CachedSet,
): Promise<string | undefined> {
  const body = Buffer.concat(downloads.map((download) => download.body));
  const sha256 = hash(body);
  const meta: Meta = {
    format: FORMAT,
    url: withoutSecrets(url.href),
    fetchedAt,
    body: `${entry.name}.${sha256.slice(0, 12)}.body`,
    sha256,
    parts: downloads.map(({ id, body: { length }, etag, lastModified }) => ({ id, bytes: length, etag, lastModified })),
  };
  try {
    await mkdir(entry.directory, { recursive: true });
    await replaceFile(join(entry.directory, meta.body), body);
    await replaceFile(join(entry.directory, `${entry.name}.json`), `${JSON.stringify(meta, null, 2)}\n`);
    await removeOld(entry, meta.body);
    return undefined;
  } catch (error) {
    return `cannot keep a copy in ${entry.directory}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function removeOld(entry: Entry, body: string): Promise<void> {
  for (const file of await readdir(entry.directory)) {
    if (!file.startsWith(`${entry.name}.`) || file === body) continue;
    const path = join(entry.directory, file);
    const stale = file.endsWith('.tmp') && Date.now() - (await stat(path)).mtimeMs > STALE_MS;
    if (stale || file.endsWith('.body')) await rm(path, { force: true });
  }
}

function damaged({ directory, name }: Entry, error: unknown): { warning: string } {
  const why = error instanceof Error ? error.message : String(error);
  return { warning: `the kept copy ${join(directory, name)}.json is damaged and not used (${why})` };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
