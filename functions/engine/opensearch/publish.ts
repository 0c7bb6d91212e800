import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@opensearch-project/opensearch';
import type { Release } from '../../model/release.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine.ts';
import { type Patience, writeDocuments } from './bulk.ts';
import { type Document, documentMaker, filesDocument } from './document.ts';
import { wrapErrors } from './errors.ts';
import { indexBody, type Json, SERVING } from './mapping.ts';
import { type CurrentIndex, faultOf, type IndexMeta, metaOf, readAlias, readMetas } from './release-index.ts';

/** Releases kept beside the current one, to go back to. */
const KEPT = 2;
/** Versions that are remembered as rolled back from. */
const REMEMBERED = 20;
/** Vendors that are read back before readers get a new index. */
const SAMPLE = 50;
/** A draft of this age was left by a publisher that died, milliseconds. */
const STALE_MS = 3_600_000;

export type SinkOptions = {
  readonly client: Client;
  /** What readers ask; each release has an index of its own behind it. */
  readonly alias: string;
  /** Hears how many documents of the release are written. */
  readonly progress?: (done: number, total: number | null) => void;
  /** How long a busy cluster is waited for. */
  readonly patience?: Patience;
};

/**
 * Publishes into a cluster. A release is loaded into an index of its own, counted and compared with what was sent, and
 * only then the alias moves, in one step. Killed at any moment, readers have a whole release.
 */
export function createOpenSearchSink(options: SinkOptions): Sink {
  const { client, alias } = options;
  return {
    current: () =>
      wrapErrors('a look at the current release', async () => {
        const found = await readAlias(client, alias);
        return found && published(found.meta);
      }),
    publish: (release, files) => wrapErrors('publishing', () => publish(options, release, files)),
    rollback: () => wrapErrors('going back', () => rollback(options)),
  };
}

function published({ about, refused }: IndexMeta): PublishedRelease {
  return { version: about.version, branches: about.branches, refused };
}

async function publish(
  options: SinkOptions,
  release: Release,
  files: Readonly<Record<string, string>>,
): Promise<'published' | 'unchanged'> {
  const { client, alias } = options;
  const before = await readAlias(client, alias);
  if (before?.meta.about.version === release.version && (await faultOf(client, before)) === null) {
    const { origin, sources } = release;
    await remember(client, before.index, { ...before.meta, about: { ...before.meta.about, origin, sources } });
    return 'unchanged';
  }
  const previous = before ? [before, ...(await others(client, before.meta.previous))] : [];
  const kept = previous.filter(({ meta }) => meta.about.version !== release.version).slice(0, KEPT);
  const refused = (before?.meta.refused ?? []).filter((one) => one !== release.version).slice(0, REMEMBERED);
  const names = kept.map(({ index }) => index);
  const meta = { ...metaOf(release, alias, names), refused };
  const index = indexName(alias, release.version);
  await client.indices.create({
    index,
    body: {
      ...indexBody({ branches: meta.about.branches, largest: meta.largest, meta }),
      aliases: { [draftAlias(index)]: {} },
    } as never,
  });
  try {
    await fill(options, { index, meta }, release, files);
    await point(client, alias, index);
  } catch (error) {
    // It is of no use to anybody; when this fails too, it is removed as stale by a later publication.
    await client.indices.delete({ index, ignore_unavailable: true }).catch(() => {});
    throw error;
  }
  await removeUnneeded(client, alias, { index, meta });
  return 'published';
}

async function fill(
  { client, progress, patience }: SinkOptions,
  draft: CurrentIndex,
  release: Release,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const { index } = draft;
  const documents = documentsOf(release, files);
  const written = await writeDocuments(
    client,
    draftAlias(index),
    documents,
    (done) => progress?.(done, null),
    patience,
  );
  await client.indices.refresh({ index }, SLOW);
  const fault = await faultOf(client, draft);
  if (fault) throw new EngineError(`opensearch did not keep all ${written} documents: ${fault}`);
  await compareSample(client, index, release);
  await client.indices.putSettings({ index, body: SERVING as never }, SLOW);
  progress?.(written, written);
}

/** Work of the cluster's that grows with the release. */
const SLOW = { requestTimeout: 300_000 } as const;

function* documentsOf(release: Release, files: Readonly<Record<string, string>>): Generator<Document> {
  const make = documentMaker();
  for (const vendor of release.vendors) yield make.vendor(vendor);
  yield* make.suggestions();
  yield filesDocument(files);
}

/** Reads vendors back, evenly spread over the release. @throws EngineError when one is not as it was sent. */
async function compareSample(client: Client, index: string, { vendors }: Release): Promise<void> {
  const step = Math.max(1, Math.floor(vendors.length / SAMPLE));
  const sample = vendors.filter((_, at) => at % step === 0);
  if (sample.length === 0) return;
  const { body } = await client.mget({ index, body: { ids: sample.map(({ id }) => id) } });
  const { docs } = body as unknown as { docs: { _source?: { vendor?: unknown } }[] };
  for (const [at, vendor] of sample.entries()) {
    const sent: unknown = JSON.parse(JSON.stringify(vendor));
    if (!isDeepStrictEqual(docs[at]?._source?.vendor, sent)) {
      throw new EngineError(`opensearch gives the vendor ${vendor.id} back in another form than it was sent`);
    }
  }
}

/** Moves the alias, whatever it pointed to, and ends the draft; all in one step. */
async function point(client: Client, alias: string, index: string): Promise<void> {
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
  const before = await others(client, current.meta.previous);
  const faults: string[] = [];
  for (const [at, target] of before.entries()) {
    const fault = await faultOf(client, target);
    if (fault) {
      faults.push(`; ${fault}`);
      continue;
    }
    const previous = before.slice(at + 1).map(({ index }) => index);
    const refused = [...new Set([version, ...current.meta.refused])].filter((one) => one !== target.meta.about.version);
    const meta = { ...target.meta, previous, refused };
    // Nobody reads this until the alias moves.
    await remember(client, target.index, meta);
    await point(client, alias, target.index);
    return published(meta);
  }
  throw new EngineError(`opensearch has no release before ${version} behind the alias ${alias}${faults.join('')}`);
}

async function remember(client: Client, index: string, meta: IndexMeta): Promise<void> {
  await client.indices.putMapping({ index, body: { _meta: meta } as never });
}

/** Those of some indices that still exist and are ours, in the order given. */
async function others(client: Client, indices: readonly string[]): Promise<CurrentIndex[]> {
  const found = await Promise.all(
    indices.map(async (index) => ({ index, meta: (await readMetas(client, index)).get(index) })),
  );
  return found.flatMap(({ index, meta }) => (meta ? [{ index, meta }] : []));
}

/** A name of its own for each loading, so that two publishers never write into one index. */
function indexName(alias: string, version: string): string {
  const readable = version
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, 100);
  return `${alias}-${readable}-${randomBytes(3).toString('hex')}`;
}

/** The name through which a draft is written; an index that has it is not whole yet. */
function draftAlias(index: string): string {
  return `${index}.draft`;
}

type IndexState = {
  readonly aliases?: Readonly<Record<string, unknown>>;
  readonly mappings?: { readonly _meta?: Partial<IndexMeta> };
  readonly settings?: { readonly index?: { readonly creation_date?: string } };
};

/** Removes this alias's indices but the current one, those before it that are kept, and drafts that may be under way. */
async function removeUnneeded(client: Client, alias: string, { index, meta }: CurrentIndex): Promise<void> {
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
