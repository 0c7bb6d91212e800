import { scoredClauses } from '../../../functions/engine/opensearch/clause-queries.ts';
import type { Document } from '../../../functions/engine/opensearch/document.ts';
import { documentMaker } from '../../../functions/engine/opensearch/document.ts';
import { indexBody, type Json } from '../../../functions/engine/opensearch/mapping.ts';
import { parseQuery } from '../../../functions/model/text/query-parser.ts';
import { prepareSynonyms } from '../../../functions/model/text/synonyms.ts';
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

const make = documentMaker();

/** A vendor with its words, without its branches' places. */
export function flatDocument(vendor: Vendor): Document {
  const { id, source } = make.vendor(vendor);
  const body = JSON.parse(source) as { branches: { words: Json; stems: Json }[] };
  const [first] = body.branches;
  return { id, source: JSON.stringify({ ...body, branches: { words: first?.words, stems: first?.stems } }) };
}

/** A search of flat documents with the engine's words, scores, order and page size. */
export function flatQuery(text: string): Json {
  const parsedQuery = parseQuery(text, prepareSynonyms([['hot dog', 'frankfurter']]));
  return {
    size: 20,
    track_total_hits: true,
    query: { bool: { must: scoredClauses(parsedQuery, false) } },
    sort: [{ _score: 'desc' }, { name: 'asc' }, { id: 'asc' }],
  };
}
