import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@opensearch-project/opensearch';
import type { Release } from '../../model/release.ts';
import { vocabularyOf } from '../../model/text/vocabulary/compiled-vocabulary.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine.ts';
import { KEPT_RELEASES, refusedAfterPublish, refusedAfterRollback } from '../retention.ts';
import { type RetryPolicy, writeDocuments } from './bulk.ts';
import { type Document, type DocumentMaker, documentMaker, filesDocument } from './document.ts';
import { wrapErrors } from './errors.ts';
import { indexBody, type Json, SERVING } from './mapping.ts';
import { type IndexMeta, indexFault, indexMeta, type ReleaseIndex, readAlias, readMetas } from './release-index.ts';

/** Vendors that are read back and compared before the alias moves. */
const SAMPLE_SIZE = 50;
/** Timeout of requests whose work grows with the release. */
const SLOW = { requestTimeout: 300_000 } as const;
/** A draft of this age belongs to a publisher that died, milliseconds. */
const STALE_MS = 3_600_000;

export type SinkOptions = {
  readonly client: Client;
  /** The alias that readers search; each release has its own index. */
  readonly alias: string;
  /** Is called with the number of documents written so far; `total` is `null` until all are written. */
  readonly progress?: (done: number, total: number | null) => void;
  readonly retryPolicy?: RetryPolicy;
};

/**
 * Publishes into a cluster. Loads the release into a new index, counts it and compares a sample, and only then moves the alias, in one
 * step. Readers get a whole release even when a publisher is killed.
 */
export function createOpenSearchSink(options: SinkOptions): Sink {
  const { client, alias } = options;
  return {
    current: () =>
      wrapErrors('reading the current release', async () => {
        const current = await readAlias(client, alias);
        return current && publishedRelease(current.meta);
      }),
    publish: (release, files) => wrapErrors('publishing', () => publish(options, release, files)),
    rollback: () => wrapErrors('the rollback', () => rollback(options)),
  };
}

function publishedRelease({ about, refused }: IndexMeta): PublishedRelease {
  return { version: about.version, branches: about.branches, refused };
}

async function publish(
  options: SinkOptions,
  release: Release,
  files: Readonly<Record<string, string>>,
): Promise<'published' | 'unchanged'> {
  const { client, alias } = options;
  const current = await readAlias(client, alias);
  if (current?.meta.about.version === release.version && (await indexFault(client, current)) === null) {
    const { origin, asOf, sources } = release;
    await writeMeta(client, current.index, {
      ...current.meta,
      about: { ...current.meta.about, origin, asOf, sources },
    });
    return 'unchanged';
  }
  const kept = (current ? [current, ...(await existing(client, current.meta.previous))] : [])
    .filter(({ meta }) => meta.about.version !== release.version)
    .slice(0, KEPT_RELEASES);
  const previous = kept.map(({ index }) => index);
  const refused = refusedAfterPublish(current?.meta.refused ?? [], release.version);
  const draft = indexMeta(release, { alias, previous, refused });
  const index = indexName(alias, release.version);
  await client.indices.create({
    index,
    body: {
      ...indexBody({ branches: draft.about.branches, largest: draft.largest, meta: draft }),
      aliases: { [draftAlias(index)]: {} },
    } as never,
  });
  try {
    await fill(options, { index, meta: draft }, release, files);
    await moveAlias(client, alias, index);
  } catch (error) {
    // If this fails too, a later publication removes the draft as stale.
    await client.indices.delete({ index, ignore_unavailable: true }).catch(() => {});
    throw error;
  }
  await removeUnneeded(client, alias, { index, meta: draft });
  return 'published';
}

async function fill(
  { client, progress, retryPolicy }: SinkOptions,
  draft: ReleaseIndex,
  release: Release,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const { index, meta } = draft;
  const maker = documentMaker(vocabularyOf(release.city.synonyms, release.city.vocabulary));
  const written = await writeDocuments(
    client,
    draftAlias(index),
    documentsOf(maker, release, files),
    (done) => progress?.(done, null),
    retryPolicy,
  );
  await client.indices.refresh({ index }, SLOW);
  const fault = await indexFault(client, draft);
  if (fault) throw new EngineError(`opensearch did not store all ${written} documents: ${fault}`);
  await compareSample(client, index, release);
  await writeMeta(client, index, { ...meta, about: { ...meta.about, words: maker.dataWords() } });
  await client.indices.putSettings({ index, body: SERVING as never }, SLOW);
  progress?.(written, written);
}

function* documentsOf(
  maker: DocumentMaker,
  release: Release,
  files: Readonly<Record<string, string>>,
): Generator<Document> {
  for (const vendor of release.vendors) yield maker.vendor(vendor);
  yield* maker.suggestions();
  yield filesDocument(files);
}

/** Reads back a sample of vendors, evenly spread over the release. @throws EngineError when one differs from what was sent. */
async function compareSample(client: Client, index: string, { vendors }: Release): Promise<void> {
  const step = Math.max(1, Math.floor(vendors.length / SAMPLE_SIZE));
  const sample = vendors.filter((_, at) => at % step === 0);
  if (sample.length === 0) return;
  const { body } = await client.mget({ index, body: { ids: sample.map(({ id }) => id) } });
  const { docs } = body as unknown as { docs: { _source?: { vendor?: unknown } }[] };
  for (const [at, vendor] of sample.entries()) {
    const sent: unknown = JSON.parse(JSON.stringify(vendor));
    if (!isDeepStrictEqual(docs[at]?._source?.vendor, sent)) {
      throw new EngineError(`opensearch returned the vendor ${vendor.id} in another form than it was sent`);
    }
  }
}

/** Points the alias to an index, wherever it pointed before, and removes the draft's alias, all in one step. */
async function moveAlias(client: Client, alias: string, index: string): Promise<void> {
  const actions: Json[] = [
    { remove: { index: `${alias}-*`, alias, must_exist: false } },
    { remove: { index, alias: draftAlias(index), must_exist: false } },
    { add: { index, alias } },
  ];
  await client.indices.updateAliases({ body: { actions } as never }, SLOW);
}

async function rollback({ client, alias }: SinkOptions): Promise<PublishedRelease> {
  const current = await readAlias(client, alias);
  if (!current) throw new EngineError(`opensearch has no releases behind the alias ${alias}`);
  const { version } = current.meta.about;
  const candidates = await existing(client, current.meta.previous);
  const faults: string[] = [];
  for (const [at, target] of candidates.entries()) {
    const fault = await indexFault(client, target);
    if (fault) {
      faults.push(`; ${fault}`);
      continue;
    }
    const previous = candidates.slice(at + 1).map(({ index }) => index);
    const refused = refusedAfterRollback(current.meta.refused, version, target.meta.about.version);
    const meta = { ...target.meta, previous, refused };
    // Not visible to readers until the alias moves.
    await writeMeta(client, target.index, meta);
    await moveAlias(client, alias, target.index);
    return publishedRelease(meta);
  }
  throw new EngineError(`opensearch has no release before ${version} behind the alias ${alias}${faults.join('')}`);
}

async function writeMeta(client: Client, index: string, meta: IndexMeta): Promise<void> {
  await client.indices.putMapping({ index, body: { _meta: meta } as never });
}

/** The indices of these names that still exist and belong to this program, in the same order. */
async function existing(client: Client, indices: readonly string[]): Promise<ReleaseIndex[]> {
  const entries = await Promise.all(
    indices.map(async (index) => ({ index, meta: (await readMetas(client, index)).get(index) })),
  );
  return entries.flatMap(({ index, meta }) => (meta ? [{ index, meta }] : []));
}

/** A unique name per publication, so that two publishers never write into the same index. */
function indexName(alias: string, version: string): string {
  const readable = version
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, 100);
  return `${alias}-${readable}-${randomBytes(3).toString('hex')}`;
}

/** The alias through which a draft is written; an index that has it is incomplete. */
function draftAlias(index: string): string {
  return `${index}.draft`;
}

type IndexState = {
  readonly aliases?: Readonly<Record<string, unknown>>;
  readonly mappings?: { readonly _meta?: Partial<IndexMeta> };
  readonly settings?: { readonly index?: { readonly creation_date?: string } };
};

/** Removes the indices of this alias, except the current one, the kept ones, and drafts that another publisher may be writing. */
async function removeUnneeded(client: Client, alias: string, { index, meta }: ReleaseIndex): Promise<void> {
  const { body } = await client.indices.get({ index: `${alias}-*` });
  const needed = new Set([index, ...meta.previous]);
  for (const [name, { aliases, mappings, settings }] of Object.entries(body as unknown as Record<string, IndexState>)) {
    if (needed.has(name) || mappings?._meta?.alias !== alias) continue;
    const isDraft = Object.keys(aliases ?? {}).includes(draftAlias(name));
    const age = Date.now() - Number(settings?.index?.creation_date ?? Date.now());
    if (isDraft && age < STALE_MS) continue;
    await client.indices.delete({ index: name, ignore_unavailable: true });
  }
}
