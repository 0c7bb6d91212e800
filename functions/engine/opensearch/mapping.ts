import { type Field, WEIGHT } from '../../model/ranking.ts';
import { VOCABULARY_VERSION } from '../../model/text/vocabulary/version.ts';

export type Json = { readonly [key: string]: unknown };

/** The weights of the ranking, highest first. Fields of the same weight share one field of the index. */
export const WEIGHTS: readonly number[] = weightsOf(Object.keys(WEIGHT) as Field[]);

/** The weights of food, names and categories. No field of a branch's own has one of these, so an exclusion searches only these fields. */
export const VENDOR_WEIGHTS: readonly number[] = weightsOf(['items', 'name', 'category']);

function weightsOf(fields: readonly Field[]): number[] {
  return [...new Set(fields.map((field) => WEIGHT[field]))].sort((a, b) => b - a);
}

/** Path of the field for words, or their stems, of this weight. */
export function textField(form: 'words' | 'stems', weight: number): string {
  return `branches.${form}.w${String(weight).replace('.', '_')}`;
}

/**
 * Version of the meaning of an index's fields. Change its number with the mapping and with `document.ts`: readers reject an index of
 * another layout, because its fields mean something else. The documents do not depend on the vocabularies, but the literal pairs in
 * `DataWords` do: they are collected at publication.
 */
export const LAYOUT = `4 ${WEIGHTS.join(' ')} vocabulary ${VOCABULARY_VERSION}`;

/**
 * UTF-16 units of a word or key that are indexed; the rest is cut off. Lucene's limit is 32,766 bytes, and its whitespace tokenizer
 * splits words at 255 characters by default.
 */
export const LONGEST_TERM = 2000;

/** Nested branches per shard; Lucene's own limit is 2^31 documents. */
const BRANCHES_PER_SHARD = 5_000_000;

const KEYWORD = { type: 'keyword' } as const;

/** The analyzer only splits words at spaces: `document.ts` tokenizes and stems them, so that all engines match the same forms. */
function textFields(options: Json): Json {
  const field = { type: 'text', analyzer: 'blanks', norms: false, ...options };
  return { properties: Object.fromEntries(WEIGHTS.map((weight) => [textField('words', weight).slice(15), field])) };
}

const BRANCH = {
  place: { type: 'geo_point' },
  // A geo_point has 32 bits per coordinate; the edges of a box need the exact values.
  lat: { type: 'double' },
  lon: { type: 'double' },
  status: KEYWORD,
  category: KEYWORD,
  category_key: KEYWORD,
  facility: KEYWORD,
  facility_key: KEYWORD,
  area: KEYWORD,
  area_key: KEYWORD,
  open: { type: 'integer_range', coerce: false },
  hours_known: { type: 'boolean' },
  hours_unsure: { type: 'boolean' },
  words: textFields({ index_options: 'docs' }),
  stems: textFields({ index_options: 'positions', position_increment_gap: 100 }),
} as const;

const MAPPING = {
  dynamic: 'strict',
  // Answers need only the published vendor, so indexed fields are not stored again.
  _source: { includes: ['vendor', 'suggestion', 'files'] },
  properties: {
    kind: KEYWORD,
    id: KEYWORD,
    name: KEYWORD,
    vendor: { type: 'object', enabled: false },
    branches: { type: 'nested', properties: BRANCH },
    suggestion: { type: 'object', enabled: false },
    suggest_type: KEYWORD,
    suggest_status: KEYWORD,
    suggest_text: KEYWORD,
    suggest_count: { type: 'integer' },
    suggest_length: { type: 'integer' },
    suggest_beginning: KEYWORD,
    suggest_words: KEYWORD,
    suggest_stems: KEYWORD,
    files: { type: 'object', enabled: false },
  },
} as const;

/**
 * The body that creates an index, with settings for loading: no replicas and no refresh, until {@link SERVING}.
 * @param branches total number of nested branches
 * @param largest number of branches of the largest vendor
 */
export function indexBody({ branches, largest, meta }: { branches: number; largest: number; meta: Json }): Json {
  return {
    settings: {
      number_of_shards: Math.max(1, Math.ceil(branches / BRANCHES_PER_SHARD)),
      number_of_replicas: 0,
      refresh_interval: '-1',
      max_inner_result_window: Math.max(100, largest),
      analysis: {
        analyzer: { blanks: { type: 'custom', tokenizer: 'blanks' } },
        tokenizer: { blanks: { type: 'whitespace', max_token_length: LONGEST_TERM } },
      },
    },
    mappings: { ...MAPPING, _meta: meta },
  };
}

/** Settings of a loaded index: read-only, and with a replica if there is a second node. */
export const SERVING = {
  index: { auto_expand_replicas: '0-1', refresh_interval: null, blocks: { write: true } },
} as const;
