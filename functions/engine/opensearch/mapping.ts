import { WEIGHT } from '../../model/ranking.ts';

/** JSON as the cluster takes it. */
export type Json = { readonly [key: string]: unknown };

/** The weights of the ranking, heaviest first. Fields of one weight are searched as one, because only the weight counts. */
export const WEIGHTS: readonly number[] = [...new Set(Object.values(WEIGHT))].sort((a, b) => b - a);

/** Path of the words, or of their stems, that weigh so much. */
export function textField(form: 'words' | 'stems', weight: number): string {
  return `branches.${form}.w${String(weight).replace('.', '_')}`;
}

/**
 * What an index's fields mean. Changes with the mapping, with {@link document.ts} and with the weights: a reader refuses
 * an index of another layout, because it would find other things in it.
 */
export const LAYOUT = `1 ${WEIGHTS.join(' ')}`;

/**
 * UTF-16 units of a word or key that are indexed; the rest is cut off. Lucene takes terms up to 32,766 bytes and its
 * whitespace tokenizer cuts words in two at 255 characters unless it is told otherwise.
 */
export const LONGEST_TERM = 2000;

/** Nested branches that one shard holds well; Lucene's own limit is 2^31 documents. */
const BRANCHES_PER_SHARD = 5_000_000;

const KEYWORD = { type: 'keyword' } as const;

/** Our own words, separated by blanks: the analyzer only splits them, so that every engine matches the same forms. */
function texts(options: Json): Json {
  const field = { type: 'text', analyzer: 'blanks', norms: false, ...options };
  return { properties: Object.fromEntries(WEIGHTS.map((weight) => [textField('words', weight).slice(15), field])) };
}

const BRANCH = {
  place: { type: 'geo_point' },
  // A geo_point keeps 32 bits a coordinate; whether a place is on a box's edge is decided by these.
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
  words: texts({ index_options: 'docs' }),
  stems: texts({ index_options: 'positions', position_increment_gap: 100 }),
} as const;

const MAPPING = {
  dynamic: 'strict',
  // What is searched is not kept twice: an answer is made of the vendor as it was published.
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
    suggest_words: KEYWORD,
    suggest_stems: KEYWORD,
    files: { type: 'object', enabled: false },
  },
} as const;

/**
 * The body that creates an index: `branches` nested branches in all, `largest` of them at one vendor. It is made for
 * loading: no replicas, no refresh, until {@link SERVING}.
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

/** Settings of a loaded index: a copy on a second node where there is one, and nothing is written to it any more. */
export const SERVING = {
  index: { auto_expand_replicas: '0-1', refresh_interval: null, blocks: { write: true } },
} as const;
