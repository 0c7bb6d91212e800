import type { Client } from '@opensearch-project/opensearch';
import { RELEASE_FORMAT, type Release } from '../../model/release.ts';
import { prepareSynonyms, type Synonyms } from '../../model/text/synonyms.ts';
import { EngineError, type EngineInfo } from '../engine.ts';
import { statusOf } from './errors.ts';
import { type Json, LAYOUT } from './mapping.ts';
import { runSearches } from './search-requests.ts';

/** What an index says of itself, kept as its mapping's `_meta`: it appears and goes with the index. */
export type IndexMeta = {
  /** {@link LAYOUT} at the time of its making. */
  readonly layout: string;
  readonly format: number;
  /** The alias that it was made for; others may begin with the same letters. */
  readonly alias: string;
  readonly about: EngineInfo;
  /** Branches of the biggest vendor. */
  readonly largest: number;
  /** Indices that were current before it, newest first. */
  readonly previous: readonly string[];
  /** Versions that were rolled back from, newest first. */
  readonly refused: readonly string[];
};

/** What an index says of a release. */
export function metaOf(release: Release, alias: string, previous: readonly string[]): IndexMeta {
  const { vendors, format, ...facts } = release;
  const sizes = vendors.map(({ branches }) => branches.length);
  const branches = sizes.reduce((sum, size) => sum + size, 0);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const about = { ...facts, vendors: vendors.length, branches };
  return { layout: LAYOUT, format, alias, about, largest, previous, refused: [] };
}

/** The index that readers get. */
export type CurrentIndex = { readonly index: string; readonly meta: IndexMeta };

/** What an alias points to; `undefined` when it does not exist. @throws EngineError when it is not ours, or ambiguous. */
export async function readAlias(client: Client, alias: string): Promise<CurrentIndex | undefined> {
  const metas = await readMetas(client, alias);
  const [[index, meta] = [], ...others] = [...metas];
  if (index === undefined) return undefined;
  if (index === alias)
    throw new EngineError(`opensearch: ${alias} is an index, not an alias: name another with --opensearch-alias`);
  if (others.length > 0) throw new EngineError(`opensearch: the alias ${alias} points to ${metas.size} indices`);
  if (!meta) throw new EngineError(`opensearch: ${index} behind the alias ${alias} was not made by this program`);
  return { index, meta };
}

/** What the indices of a pattern say of themselves; `null` of those that are not ours. */
export async function readMetas(client: Client, pattern: string): Promise<Map<string, IndexMeta | null>> {
  try {
    const { body } = await client.indices.getMapping({ index: pattern });
    const mappings = body as unknown as Record<string, { mappings?: { _meta?: Partial<IndexMeta> } }>;
    const ours = ({ layout, about, previous }: Partial<IndexMeta>) =>
      layout !== undefined && about !== undefined && previous !== undefined;
    return new Map(
      Object.entries(mappings).map(([index, { mappings: { _meta } = {} }]) => [
        index,
        _meta && ours(_meta) ? (_meta as IndexMeta) : null,
      ]),
    );
  } catch (error) {
    if (statusOf(error) === 404) return new Map();
    throw error;
  }
}

/** How many vendors and branches an index holds. */
export async function countIndex(client: Client, index: string): Promise<{ vendors: number; branches: number }> {
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

/** Why an index cannot be answered from; `null` when it can. */
export async function faultOf(client: Client, { index, meta }: CurrentIndex): Promise<string | null> {
  if (meta.layout !== LAYOUT || meta.format !== RELEASE_FORMAT) {
    return `${index} has the layout "${meta.layout}" of another version of this program, not "${LAYOUT}"`;
  }
  const { vendors, branches } = await countIndex(client, index);
  if (vendors === meta.about.vendors && branches === meta.about.branches) return null;
  return `${index} has ${vendors} of ${meta.about.vendors} vendors and ${branches} of ${meta.about.branches} places`;
}

/** A release as a reader needs it. */
export type AliasedIndex = CurrentIndex & { readonly synonyms: Synonyms };

/** How long the alias is believed to stand where it stood, milliseconds. */
const ALIAS_MS = 1000;

/**
 * Follows an alias: asks the cluster at most once a second where it points to, and counts an index once before it is
 * read. An index that exists but is empty or half is not answered from.
 */
export function followAlias(client: Client, alias: string): { current(): Promise<AliasedIndex>; forget(): void } {
  let asked: { at: number; answer: Promise<AliasedIndex> } | undefined;
  let known: AliasedIndex | undefined;
  const ask = async (): Promise<AliasedIndex> => {
    const found = await readAlias(client, alias);
    if (!found)
      throw new EngineError(
        `opensearch: there is no release behind the alias ${alias}: publish one with \`npm run seed -- --engine opensearch\``,
      );
    if (known?.index !== found.index) {
      const fault = await faultOf(client, found);
      if (fault) throw new EngineError(`opensearch: ${fault}: publish the release again`);
    }
    const synonyms = known?.index === found.index ? known.synonyms : prepareSynonyms(found.meta.about.city.synonyms);
    // What callers remember by identity, such as prepared synonyms, stays while nothing has changed.
    const same = known && known.index === found.index && JSON.stringify(known.meta) === JSON.stringify(found.meta);
    known = same && known ? known : { ...found, synonyms };
    return known;
  };
  return {
    current() {
      if (!asked || performance.now() - asked.at > ALIAS_MS) {
        const answer = ask();
        const mine = { at: performance.now(), answer };
        asked = mine;
        answer.catch(() => {
          if (asked === mine) asked = undefined;
        });
      }
      return asked.answer;
    },
    forget() {
      asked = undefined;
    },
  };
}
