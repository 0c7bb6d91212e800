import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download } from './download.ts';
import { withoutSecrets } from './url-secrets.ts';

/** The downloads of one source: one, or one for each page. */
export type CachedDownloads = {
  /** RFC 3339 instant at which the server last sent or confirmed them. */
  readonly fetchedAt: string;
  readonly downloads: readonly Download[];
};

type CacheEntry = { directory: string; name: string };

/** An entry's JSON file. It names the body file by content, so that a crash between the two writes leaves the old pair intact. */
type EntryMeta = {
  readonly format: typeof FORMAT;
  readonly url: string;
  readonly fetchedAt: string;
  readonly body: string;
  readonly sha256: string;
  readonly parts: readonly { id: string; bytes: number; etag: string | null; lastModified: string | null }[];
};

/** Raise it also when the table readers become stricter: a cached copy is trusted to be a table. */
const FORMAT = 1;
/** A temporary file of this age was left by a process that died. */
const STALE_MS = 3_600_000;

/** The entry's name has a readable part and a hash of everything that decides what is fetched. */
export function cacheEntry(directory: string, { url, paging }: { url: URL; paging: string }): CacheEntry {
  const readable = `${url.host}${url.pathname}`.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  return { directory, name: `${readable}-${hash(`${paging} ${url.href}`).slice(0, 16)}` };
}

/** Attempts to read an entry that another process replaces at the same time. */
const MAX_ATTEMPTS = 5;

/** Reads an entry; `warning` says why an existing one is not used. */
export async function readCache(entry: CacheEntry): Promise<{ cached?: CachedDownloads; warning?: string }> {
  for (let attempt = 1; ; attempt++) {
    let text: string;
    try {
      text = await readFile(join(entry.directory, `${entry.name}.json`), 'utf8');
    } catch (error) {
      return isMissing(error) ? {} : damagedWarning(entry, error);
    }
    try {
      return { cached: await readDownloads(entry, JSON.parse(text) as EntryMeta) };
    } catch (error) {
      // Another process has replaced the entry and removed this body.
      if (isMissing(error) && attempt < MAX_ATTEMPTS) continue;
      return damagedWarning(entry, error);
    }
  }
}

/** @throws Error when the entry is damaged or of another format */
async function readDownloads(entry: CacheEntry, meta: EntryMeta): Promise<CachedDownloads> {
  if (meta.format !== FORMAT) throw new Error(`format ${String(meta.format)} instead of ${FORMAT}`);
  if (meta.body.includes('/') || meta.body.includes('\\')) throw new Error('its body is outside the cache');
  const body = await readFile(join(entry.directory, meta.body));
  if (hash(body) !== meta.sha256) throw new Error('its content has changed');
  if (Number.isNaN(Date.parse(meta.fetchedAt))) throw new Error('it has no date');
  let offset = 0;
  const downloads = meta.parts.map(({ id, bytes, etag, lastModified }): Download => {
    offset += bytes;
    return { id, body: body.subarray(offset - bytes, offset), etag, lastModified };
  });
  if (offset !== body.length) throw new Error('its parts do not add up to its size');
  return { fetchedAt: meta.fetchedAt, downloads };
}

/**
 * Writes an entry: first the body, then the JSON, each under a temporary name until it is complete.
 * @returns a warning when it cannot be written: that only costs the next start some time
 */
export async function writeCache(
  entry: CacheEntry,
  url: URL,
  { fetchedAt, downloads }: CachedDownloads,
): Promise<string | undefined> {
  const body = Buffer.concat(downloads.map((download) => download.body));
  const sha256 = hash(body);
  const meta: EntryMeta = {
    format: FORMAT,
    url: withoutSecrets(url.href),
    fetchedAt,
    body: `${entry.name}.${sha256.slice(0, 12)}.body`,
    sha256,
    parts: downloads.map(({ id, body: { length }, etag, lastModified }) => ({ id, bytes: length, etag, lastModified })),
  };
  try {
    await mkdir(entry.directory, { recursive: true });
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await replaceFile(join(entry.directory, meta.body), body);
      await replaceFile(join(entry.directory, `${entry.name}.json`), `${JSON.stringify(meta, null, 2)}\n`);
      await removeOld(entry);
      // Another process may have removed the body before the JSON named it.
      if ((await bodyName(entry)) !== meta.body || (await exists(join(entry.directory, meta.body)))) break;
    }
    return undefined;
  } catch (error) {
    return `cannot cache the download in ${entry.directory}: ${error instanceof Error ? error.message : String(error)}`;
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

/** The body that an entry names now. */
async function bodyName(entry: CacheEntry): Promise<string> {
  return (JSON.parse(await readFile(join(entry.directory, `${entry.name}.json`), 'utf8')) as EntryMeta).body;
}

/** Removes the bodies that the entry no longer names, and old temporary files. */
async function removeOld(entry: CacheEntry): Promise<void> {
  for (const file of await readdir(entry.directory)) {
    if (!file.startsWith(`${entry.name}.`)) continue;
    const path = join(entry.directory, file);
    const stale = file.endsWith('.tmp') && (await age(path)) > STALE_MS;
    if (stale || (file.endsWith('.body') && file !== (await bodyName(entry)))) await rm(path, { force: true });
  }
}

/** Milliseconds since a file was written; 0: another process has removed it. */
async function age(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => Math.abs(Date.now() - mtimeMs),
    () => 0,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function damagedWarning({ directory, name }: CacheEntry, error: unknown): { warning: string } {
  const reason = error instanceof Error ? error.message : String(error);
  return { warning: `the cached copy ${join(directory, name)}.json is damaged and not used (${reason})` };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
