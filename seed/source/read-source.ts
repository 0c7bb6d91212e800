import { limitTime } from '../../functions/model/time-limit.ts';
import { SourceError } from '../load-errors.ts';
import type { Progress } from '../progress.ts';
import { noRows, readTable, readTableOrEmpty } from '../table/read-table.ts';
import type { Table } from '../table/table.ts';
import { type Paging, readAddress } from './address.ts';
import type { RetryPolicy } from './download.ts';
import { type CachedDownloads, cacheEntry, readCache, writeCache } from './download-cache.ts';
import { readLocalFile } from './local-file.ts';
import { joinPortalPages, readPortalPages, refusePart } from './portal-pages.ts';
import { joinPages, type PagedRequest, readPages } from './socrata.ts';
import { withoutSecrets } from './url-secrets.ts';

export type Source = {
  /** `permits`, `schedule`, …: as in `--source NAME=…`. */
  readonly name: string;
  /** A path, or a file:, http: or https: URL. */
  readonly from: string;
  /** Default: a Socrata resource is paged, anything else is not. */
  readonly paging?: Paging | undefined;
};

export type LoadedSource = {
  readonly table: Table;
  readonly name: string;
  /** Path or URL without credentials and tokens. */
  readonly from: string;
  /** RFC 3339: when the server sent it or confirmed that it has not changed (304); for a file, when it was last changed. */
  readonly fetchedAt: string;
  /** `network`: the server answered; `cache`: the cached copy, unconfirmed. */
  readonly via: 'file' | 'network' | 'cache';
  /** The server confirmed the cached copy; the table is the copy's. */
  readonly unchanged: boolean;
  /** Bytes read, before unpacking. */
  readonly bytes: number;
  /** Warnings about the table and its download: one sentence each, without the source's name. */
  readonly warnings: readonly string[];
};

export type SourceOptions = Partial<RetryPolicy> & {
  /** Directory of the download cache; without it, nothing is cached and no request is conditional. */
  readonly cacheDirectory?: string | undefined;
  /** Sent as X-App-Token to Socrata addresses only. */
  readonly appToken?: string | undefined;
  /** Rows per page of a Socrata data set, at least 2. */
  readonly pageRows?: number | undefined;
  /** If the source cannot be fetched, use the cached copy and warn. */
  readonly offlineOk?: boolean | undefined;
  /** Limit for one source with all of its pages and tries. */
  readonly totalTimeoutMs?: number | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** A city's table of 2 MB takes under 10 s on a slow line; the fourth try reaches a server that is up again after a restart. */
const DEFAULTS = { tries: 5, tryTimeoutMs: 60_000, backoffMs: 1_000, retryAfterMaxMs: 60_000 } satisfies RetryPolicy;
const TOTAL_TIMEOUT_MS = 240_000;
const PAGE_ROWS = 5_000;
/** The most rows that a Socrata address without `$limit` returns (dev.socrata.com/docs/paging). */
const SOCRATA_DEFAULT_ROWS = 1_000;
/** With `offlineOk` and a cached copy: a start must not wait four minutes for a server that is down. */
const OFFLINE_TRIES = 2;
const OFFLINE_TIMEOUT_MS = 20_000;

/** @throws SourceError when it cannot be fetched, is not a table or has no rows; the cached copy then stays as it is. */
export async function readSource(source: Source, options: SourceOptions = {}): Promise<LoadedSource> {
  const address = readAddress(source.from, source.paging);
  if (address.kind === 'file') return readFileSource(source, address.path, options.progress);
  const entry = options.cacheDirectory === undefined ? undefined : cacheEntry(options.cacheDirectory, address);
  const cache = entry ? await readCache(entry) : {};
  const warnings = cache.warning ? [cache.warning] : [];
  try {
    const fetched = await fetchSource(source, address, cache.cached, cache.cached ? hurried(options) : options);
    const cacheWarning = entry && (await writeCache(entry, address.url, fetched.set));
    if (cacheWarning) warnings.push(cacheWarning);
    return loadedSource({ ...fetched, source, paging: address.paging, via: 'network', warnings });
  } catch (error) {
    const copy = options.offlineOk && !options.signal?.aborted ? await readCached(source, options) : undefined;
    if (!copy || !(error instanceof SourceError)) throw error;
    return {
      ...copy,
      warnings: [...warnings, `using the cached copy of ${copy.fetchedAt}: ${error.message}`, ...copy.warnings],
    };
  }
}

function hurried(options: SourceOptions): SourceOptions {
  const { offlineOk, tries = DEFAULTS.tries, totalTimeoutMs = TOTAL_TIMEOUT_MS } = options;
  if (!offlineOk) return options;
  return {
    ...options,
    tries: Math.min(tries, OFFLINE_TRIES),
    totalTimeoutMs: Math.min(totalTimeoutMs, OFFLINE_TIMEOUT_MS),
  };
}

/** The cached copy, without the network; undefined for files, and if there is no readable copy. */
export async function readCached(source: Source, options: SourceOptions): Promise<LoadedSource | undefined> {
  const address = readAddress(source.from, source.paging);
  if (address.kind === 'file' || options.cacheDirectory === undefined) return undefined;
  const { cached: set } = await readCache(cacheEntry(options.cacheDirectory, address));
  if (!set) return undefined;
  const tables = set.downloads.map(({ body }) => readTableOrEmpty(body, label(source)));
  const table = address.paging === 'socrata' ? joinPages(tables) : joinPortalPages(tables);
  return loadedSource({ source, paging: address.paging, table, set, via: 'cache', unchanged: false, warnings: [] });
}

type Fetched = { table: Table; set: CachedDownloads; unchanged: boolean };
type HttpAddress = Extract<ReturnType<typeof readAddress>, { kind: 'http' }>;

async function fetchSource(
  source: Source,
  { url, paging }: HttpAddress,
  cached: CachedDownloads | undefined,
  options: SourceOptions,
): Promise<Fetched> {
  const { pageRows = PAGE_ROWS, totalTimeoutMs = TOTAL_TIMEOUT_MS, appToken, progress } = options;
  const { signal, end } = limitTime(totalTimeoutMs, options.signal);
  const request = {
    name: source.name,
    url,
    tries: options.tries ?? DEFAULTS.tries,
    tryTimeoutMs: options.tryTimeoutMs ?? DEFAULTS.tryTimeoutMs,
    backoffMs: options.backoffMs ?? DEFAULTS.backoffMs,
    retryAfterMaxMs: options.retryAfterMaxMs ?? DEFAULTS.retryAfterMaxMs,
    signal,
    appToken,
    progress,
  };
  try {
    return await fetchPages(source, paging, cached, { ...request, pageRows });
  } finally {
    end();
  }
}

async function fetchPages(
  source: Source,
  paging: Paging,
  cached: CachedDownloads | undefined,
  { pageRows, ...request }: Omit<PagedRequest, 'known'>,
): Promise<Fetched> {
  if (paging === 'socrata') {
    const { table, pages, unchanged } = await readPages({ ...request, pageRows, known: cached?.downloads ?? [] });
    if (table.rows.length === 0) throw noRows(table, label(source));
    return { table, set: { fetchedAt: new Date().toISOString(), downloads: pages }, unchanged };
  }
  const { table, pages, unchanged } = await readPortalPages({ ...request, known: cached?.downloads ?? [] });
  return { table, set: { fetchedAt: new Date().toISOString(), downloads: pages }, unchanged };
}

async function readFileSource(source: Source, path: string, progress: Progress | undefined): Promise<LoadedSource> {
  const from = label(source);
  const onBytes = (done: number, total: number | null) =>
    progress?.({ phase: 'reading', source: source.name, done, total, unit: 'bytes' });
  const { body, changedAt } = await readLocalFile(path, { label: from, onBytes });
  const set = { fetchedAt: changedAt, downloads: [{ id: '', body, etag: null, lastModified: null }] };
  const table = readTable(body, from);
  refusePart(table, from);
  return loadedSource({ source, paging: 'whole', table, set, via: 'file', unchanged: false, warnings: [] });
}

type FetchResult = Pick<LoadedSource, 'table' | 'via' | 'unchanged' | 'warnings'> & {
  source: Source;
  paging: Paging;
  set: CachedDownloads;
};

function loadedSource({ source, paging, table, set, via, unchanged, warnings }: FetchResult): LoadedSource {
  const atDefault = paging === 'whole' && table.rows.length === SOCRATA_DEFAULT_ROWS;
  const cutWarning =
    'has exactly 1,000 rows, which is where a Socrata address without $limit stops: rows are probably missing';
  return {
    table,
    name: source.name,
    from: withoutSecrets(source.from),
    fetchedAt: set.fetchedAt,
    via,
    unchanged,
    bytes: set.downloads.reduce((sum, { body }) => sum + body.length, 0),
    warnings: [...warnings, ...table.warnings, ...(atDefault ? [cutWarning] : [])],
  };
}

function label({ name, from }: Source): string {
  return `${name} (${withoutSecrets(from)})`;
}
