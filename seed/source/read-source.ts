import type { Progress } from '../progress.ts';
import { SourceError } from '../source-error.ts';
import { noRows, readTable, readTableOrEmpty, type Table } from '../table/read-table.ts';
import { type Paging, readAddress, withoutSecrets } from './address.ts';
import { download, type Patience } from './download.ts';
import { type CachedSet, cacheEntry, readCache, writeCache } from './download-cache.ts';
import { readLocalFile } from './local-file.ts';
import { joinPages, readPages } from './socrata.ts';

export type Source = {
  /** `permits`, `schedule`, …: as in `--source NAME=…`. */
  readonly name: string;
  /** A path, or a file:, http: or https: URL. */
  readonly from: string;
  /** Without it, judged by the address: a Socrata resource is paged. */
  readonly paging?: Paging | undefined;
};

export type SourceRead = {
  readonly table: Table;
  readonly name: string;
  /** Path or URL without credentials and tokens. */
  readonly from: string;
  /** RFC 3339: when the server gave it or confirmed that it is still the same (304); of a file, when it was last changed. */
  readonly fetchedAt: string;
  /** `network`: the server was asked and answered; `cache`: the kept copy, unconfirmed. */
  readonly via: 'file' | 'network' | 'cache';
  /** The server said that nothing has changed since the kept copy; the table is the copy's. */
  readonly unchanged: boolean;
  /** How many bytes were read, packed as they came. */
  readonly bytes: number;
  /** The table's warnings and those of getting it: one sentence each, without the source's name. */
  readonly warnings: readonly string[];
};

export type SourceOptions = Partial<Patience> & {
  /** Where fetched sources are kept; without it nothing is kept and nothing asked conditionally. */
  readonly cacheDirectory?: string | undefined;
  /** Sent as X-App-Token to Socrata addresses only. */
  readonly appToken?: string | undefined;
  /** Rows a page of a Socrata set, at least 2. */
  readonly pageRows?: number | undefined;
  /** When the source cannot be fetched, take the kept copy and warn. */
  readonly offlineOk?: boolean | undefined;
  /** For one source with all of its pages and tries. */
  readonly totalTimeoutMs?: number | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** A city's table of 2 MB takes under 10 s on a slow line; a server that is up again after a restart is met by the fourth try. */
const DEFAULTS = { tries: 5, tryTimeoutMs: 60_000, backoffMs: 1_000, retryAfterMaxMs: 60_000 } satisfies Patience;
const TOTAL_TIMEOUT_MS = 240_000;
const PAGE_ROWS = 5_000;
/** What a Socrata address without `$limit` gives at most (dev.socrata.com/docs/paging). */
const SOCRATA_DEFAULT_ROWS = 1_000;

/** @throws SourceError when it cannot be had, is no table or has no rows; the kept copy is then what it was. */
export async function readSource(source: Source, options: SourceOptions = {}): Promise<SourceRead> {
  const address = readAddress(source.from, source.paging);
  if (address.kind === 'file') return readFileSource(source, address.path, options.progress);
  const entry = options.cacheDirectory === undefined ? undefined : cacheEntry(options.cacheDirectory, address);
  const kept = entry ? await readCache(entry) : {};
  const warnings = kept.warning ? [kept.warning] : [];
  try {
    const { table, set, unchanged } = await fetchSource(source, address, kept.set, options);
    const failed = entry && (await writeCache(entry, address.url, set));
    if (failed) warnings.push(failed);
    return answer({ source, paging: address.paging, table, set, via: 'network', unchanged, warnings });
  } catch (error) {
    const copy = options.offlineOk && !options.signal?.aborted ? await readCached(source, options) : undefined;
    if (!copy || !(error instanceof SourceError)) throw error;
    return {
      ...copy,
      warnings: [...warnings, `the copy of ${copy.fetchedAt} is used: ${error.message}`, ...copy.warnings],
    };
  }
}

/** The kept copy without the network; undefined when there is none that can be read, and for files. */
export async function readCached(source: Source, options: SourceOptions): Promise<SourceRead | undefined> {
  const address = readAddress(source.from, source.paging);
  if (address.kind === 'file' || options.cacheDirectory === undefined) return undefined;
  const { set } = await readCache(cacheEntry(options.cacheDirectory, address));
  if (!set) return undefined;
  const table = joinPages(set.downloads.map(({ body }) => readTableOrEmpty(body, label(source))));
  return answer({ source, paging: address.paging, table, set, via: 'cache', unchanged: false, warnings: [] });
}

type Fetched = { table: Table; set: CachedSet; unchanged: boolean };
type HttpAddress = Extract<ReturnType<typeof readAddress>, { kind: 'http' }>;

async function fetchSource(
  source: Source,
  { url, paging }: HttpAddress,
  kept: CachedSet | undefined,
  options: SourceOptions,
): Promise<Fetched> {
  const { pageRows = PAGE_ROWS, totalTimeoutMs = TOTAL_TIMEOUT_MS, appToken, progress } = options;
  const timeout = AbortSignal.timeout(totalTimeoutMs);
  const request = {
    name: source.name,
    url,
    tries: options.tries ?? DEFAULTS.tries,
    tryTimeoutMs: options.tryTimeoutMs ?? DEFAULTS.tryTimeoutMs,
    backoffMs: options.backoffMs ?? DEFAULTS.backoffMs,
    retryAfterMaxMs: options.retryAfterMaxMs ?? DEFAULTS.retryAfterMaxMs,
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    appToken,
    progress,
  };
  if (paging === 'socrata') {
    const { table, pages, unchanged } = await readPages({ ...request, pageRows, known: kept?.downloads ?? [] });
    if (table.rows.length === 0) throw noRows(table, label(source));
    return { table, set: { fetchedAt: new Date().toISOString(), downloads: pages }, unchanged };
  }
  let table: Table | undefined;
  const check = (body: Uint8Array) => {
    table = readTable(body, label(source));
  };
  const got = await download({ ...request, known: kept?.downloads[0], check });
  table ??= readTable(got.download.body, label(source));
  return { table, set: { fetchedAt: new Date().toISOString(), downloads: [got.download] }, unchanged: got.unchanged };
}

async function readFileSource(source: Source, path: string, progress: Progress | undefined): Promise<SourceRead> {
  const from = label(source);
  const onBytes = (done: number, total: number | null) =>
    progress?.({ phase: 'reading', source: source.name, done, total, unit: 'bytes' });
  const { body, changedAt } = await readLocalFile(path, { label: from, onBytes });
  const set = { fetchedAt: changedAt, downloads: [{ id: '', body, etag: null, lastModified: null }] };
  const table = readTable(body, from);
  return answer({ source, paging: 'whole', table, set, via: 'file', unchanged: false, warnings: [] });
}

type Answer = Pick<SourceRead, 'table' | 'via' | 'unchanged' | 'warnings'> & {
  source: Source;
  paging: Paging;
  set: CachedSet;
};

function answer({ source, paging, table, set, via, unchanged, warnings }: Answer): SourceRead {
  const atDefault = paging === 'whole' && table.rows.length === SOCRATA_DEFAULT_ROWS;
  const cut =
    'has exactly 1,000 rows, which is where a Socrata address without $limit stops: rows are probably missing';
  return {
    table,
    name: source.name,
    from: withoutSecrets(source.from),
    fetchedAt: set.fetchedAt,
    via,
    unchanged,
    bytes: set.downloads.reduce((sum, { body }) => sum + body.length, 0),
    warnings: [...warnings, ...table.warnings, ...(atDefault ? [cut] : [])],
  };
}

function label({ name, from }: Source): string {
  return `${name} (${withoutSecrets(from)})`;
}
