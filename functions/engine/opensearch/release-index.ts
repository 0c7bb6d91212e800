import type { Client } from '@opensearch-project/opensearch';
import { filterValuesOf } from '../../model/filter-values.ts';
import { RELEASE_FORMAT, type Release } from '../../model/release.ts';
import { type DataWords, NO_DATA_WORDS } from '../../model/text/parsed-query.ts';
import { countBranches } from '../../model/vendor.ts';
import { EngineError, type EngineInfo } from '../engine.ts';
import { statusOf } from './errors.ts';
import { type Json, LAYOUT } from './mapping.ts';
import { runSearches } from './search-requests.ts';

/** The description of an index, stored as its mapping's `_meta`, so that it is created and removed with the index. */
export type IndexMeta = {
  /** {@link LAYOUT} when the index was created. */
  readonly layout: string;
  readonly format: number;
  /** The alias that the index belongs to; names of other aliases may start with it. */
  readonly alias: string;
  readonly about: EngineInfo;
  /** Number of branches of the largest vendor. */
  readonly largest: number;
  /** Indices that were current before this one, newest first. */
  readonly previous: readonly string[];
  /** Versions that were rolled back from, newest first. */
  readonly refused: readonly string[];
};

/** The description of a new index; its data words are known only when all documents are built. */
export function indexMeta(
  release: Release,
  { alias, previous, refused }: Pick<IndexMeta, 'alias' | 'previous' | 'refused'>,
): IndexMeta {
  const { vendors, format, ...facts } = release;
  const about = {
    ...facts,
    vendors: vendors.length,
    branches: countBranches(vendors),
    words: NO_DATA_WORDS,
    values: filterValuesOf(vendors),
  };
  const largest = vendors.reduce((most, { branches }) => Math.max(most, branches.length), 0);
  return { layout: LAYOUT, format, alias, about, largest, previous, refused };
}

/** An index with a release. */
export type ReleaseIndex = { readonly index: string; readonly meta: IndexMeta };

/** The index behind an alias; `undefined` when the alias does not exist. @throws EngineError when it is foreign or ambiguous. */
export async function readAlias(client: Client, alias: string): Promise<ReleaseIndex | undefined> {
  const metas = await readMetas(client, alias);
  const [[index, meta] = [], ...others] = [...metas];
  if (index === undefined) return undefined;
  if (index === alias)
    throw new EngineError(`opensearch: ${alias} is an index, not an alias: name another with --opensearch-alias`);
  if (others.length > 0) throw new EngineError(`opensearch: the alias ${alias} points to ${metas.size} indices`);
  if (!meta) throw new EngineError(`opensearch: ${index} behind the alias ${alias} was not created by this program`);
  return { index, meta };
}

/** The descriptions of all indices that match a pattern; `null` for those of other programs. */
export async function readMetas(client: Client, pattern: string): Promise<Map<string, IndexMeta | null>> {
  try {
    const { body } = await client.indices.getMapping({ index: pattern });
    const mappings = body as unknown as Record<string, { mappings?: { _meta?: Partial<IndexMeta> } }>;
    const isOurs = ({ layout, about, previous }: Partial<IndexMeta>) =>
      layout !== undefined && about !== undefined && previous !== undefined;
    return new Map(
      Object.entries(mappings).map(([index, { mappings: { _meta } = {} }]) => [
        index,
        _meta && isOurs(_meta) ? (_meta as IndexMeta) : null,
      ]),
    );
  } catch (error) {
    if (statusOf(error) === 404) return new Map();
    throw error;
  }
}

async function countIndex(client: Client, index: string): Promise<{ vendors: number; branches: number }> {
  const body: Json = {
    size: 0,
    track_total_hits: true,
    query: { term: { kind: 'vendor' } },
    aggs: { branches: { nested: { path: 'branches' } } },
  };
  const [result] = await runSearches(client, index, [body]);
  const { branches } = (result?.aggregations ?? {}) as { branches?: { doc_count: number } };
  return { vendors: result?.hits?.total?.value ?? 0, branches: branches?.doc_count ?? 0 };
}

/** Why an index cannot be searched; `null` when it can. */
export async function indexFault(client: Client, { index, meta }: ReleaseIndex): Promise<string | null> {
  if (meta.layout !== LAYOUT || meta.format !== RELEASE_FORMAT) {
    return `${index} has the layout "${meta.layout}" of another version of this program, not "${LAYOUT}"`;
  }
  if (!isDataWords(meta.about.words)) return `${index} has no list of the words that the query parser needs`;
  const { vendors, branches } = await countIndex(client, index);
  if (vendors === meta.about.vendors && branches === meta.about.branches) return null;
  return `${index} has ${vendors} of ${meta.about.vendors} vendors and ${branches} of ${meta.about.branches} branches`;
}

function isDataWords(words: Partial<DataWords> | undefined): words is DataWords {
  const isList = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string');
  return isList(words?.shortWords) && isList(words?.literalPairs);
}

export type AliasTracker = {
  /** @throws EngineError when the release is missing or incomplete */
  current(): Promise<ReleaseIndex>;
  /** Makes the next call of `current` ask the cluster. */
  forget(): void;
};

/** How long the target of an alias is cached, milliseconds. */
const ALIAS_MS = 1000;

/** Tracks the target of an alias. Asks the cluster at most once a second, and counts each index once before it is searched. */
export function createAliasTracker(client: Client, alias: string): AliasTracker {
  let cached: { at: number; index: Promise<ReleaseIndex> } | undefined;
  let known: ReleaseIndex | undefined;
  const read = async (): Promise<ReleaseIndex> => {
    const target = await readAlias(client, alias);
    if (!target)
      throw new EngineError(
        `opensearch: there is no release behind the alias ${alias}: publish one with \`npm run seed -- --engine opensearch\``,
      );
    if (known?.index !== target.index) {
      const fault = await indexFault(client, target);
      if (fault) throw new EngineError(`opensearch: ${fault}: publish the release again`);
    }
    const isUnchanged = known?.index === target.index && JSON.stringify(known.meta) === JSON.stringify(target.meta);
    // Callers cache by identity, so nothing is replaced that has not changed.
    if (known && isUnchanged) return known;
    known = target;
    return known;
  };
  return {
    current() {
      if (!cached || performance.now() - cached.at > ALIAS_MS) {
        const entry = { at: performance.now(), index: read() };
        cached = entry;
        entry.index.catch(() => {
          if (cached === entry) cached = undefined;
        });
      }
      return cached.index;
    },
    forget() {
      cached = undefined;
    },
  };
}
