import { scoredClauses } from '../../../functions/engine/opensearch/clause-queries.ts';
import type { Document } from '../../../functions/engine/opensearch/document.ts';
import { documentMaker } from '../../../functions/engine/opensearch/document.ts';
import { indexBody, type Json } from '../../../functions/engine/opensearch/mapping.ts';
import { NO_DATA_WORDS } from '../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../functions/model/text/parser-of-release.ts';
import { vocabularyOf } from '../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import type { Vendor } from '../../../functions/model/vendor.ts';

type Branches = { type: string; properties: Record<string, unknown> };

/** The engine's index, with one plain `branches` object instead of nested ones. */
export function flatBody(): Json {
  const { settings, mappings } = indexBody({ branches: 1, largest: 1, meta: {} }) as {
    settings: Json;
    mappings: { properties: Record<string, unknown> & { branches: Branches } };
  };
  const { branches, ...properties } = mappings.properties;
  const { words, stems } = branches.properties;
  const plain = { properties: { words, stems } };
  return { settings, mappings: { ...mappings, properties: { ...properties, branches: plain } } };
}

const SYNONYMS = [['hot dog', 'frankfurter']];

const make = documentMaker(vocabularyOf(SYNONYMS));

/** A vendor with its words, without its branches' places. */
export function flatDocument(vendor: Vendor): Document {
  const { id, source } = make.vendor(vendor);
  const body = JSON.parse(source) as { branches: { words: Json; stems: Json }[] };
  const [first] = body.branches;
  return { id, source: JSON.stringify({ ...body, branches: { words: first?.words, stems: first?.stems } }) };
}

const parse = parserOf({ city: { synonyms: SYNONYMS }, words: NO_DATA_WORDS });

/** The same words, scores, order and page. */
export function flatQuery(text: string): Json {
  const parsedQuery = parse({ text, strict: false, exclude: [] });
  return {
    size: 20,
    track_total_hits: true,
    query: { bool: scoredClauses(parsedQuery, { typos: false, mayLack: 0 }) },
    sort: [{ _score: 'desc' }, { name: 'asc' }, { id: 'asc' }],
  };
}
