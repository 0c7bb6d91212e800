import { sortName } from '../../model/order.ts';
import { type Field, WEIGHT } from '../../model/ranking.ts';
import { collectSuggestions } from '../../model/suggestions.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import { WEEK } from '../../model/week.ts';
import { stem, tokens, valueKey } from '../../model/words.ts';
import { type Json, LONGEST_TERM, textField } from './mapping.ts';

/** A document with its id within the index. */
export type Document = { readonly id: string; readonly body: Json };

/** Later than any time that is asked for: a stretch of a week or longer never ends. */
const NEVER = 2 ** 31 - 1;

type Texts = { readonly [Name in Field]?: readonly (string | null)[] };

/**
 * A vendor as one document: what an answer needs (`vendor`, not searched), what it is sorted by, and its branches, each
 * with the vendor's words and its own, because one branch must have all words of a query.
 */
export function vendorDocument(vendor: Vendor): Document {
  const shared = {
    items: [...vendor.items, ...vendor.searchText],
    name: [vendor.name, ...vendor.otherNames],
    category: vendor.categories,
  };
  const body = {
    kind: 'vendor',
    id: vendor.id,
    name: cut(sortName(vendor)),
    vendor,
    branches: vendor.branches.map((branch) => branchDocument(vendor, branch, shared)),
  };
  return { id: vendor.id, body };
}

function branchDocument(vendor: Vendor, branch: Branch, shared: Texts): Json {
  const { lat, lon, status, facility, area, hours } = branch;
  return {
    place: { lat, lon },
    lat,
    lon,
    status: cut(status),
    category: vendor.categories.map(cut),
    category_key: vendor.categories.map((category) => cut(valueKey(category))),
    facility: cut(facility),
    facility_key: cut(valueKey(facility)),
    ...(area === null ? {} : { area: cut(area) }),
    area_key: cut(valueKey(area ?? '')),
    open: hours.week.map(([start, end]) => ({ gte: start, lt: end - start >= WEEK ? NEVER : end })),
    hours_known: hours.source !== 'none',
    hours_unsure: hours.source === 'none' || !hours.complete,
    ...textFields({ ...shared, address: [branch.address], area: [area] }),
  };
}

/** The words and the stems of each weight; one array entry a text, so that no phrase reaches from one into the next. */
function textFields(texts: Texts): Json {
  const fields: Record<'words' | 'stems', Record<string, string[]>> = { words: {}, stems: {} };
  for (const [field, values] of Object.entries(texts) as [Field, readonly (string | null)[]][]) {
    for (const value of values) {
      const words = tokens(value ?? '');
      if (words.length === 0) continue;
      for (const form of ['words', 'stems'] as const) {
        const name = textField(form, WEIGHT[field]).slice('branches.words.'.length);
        const text = words.map((word) => cut(form === 'words' ? word : stem(word))).join(' ');
        const known = fields[form][name];
        if (known) known.push(text);
        else fields[form][name] = [text];
      }
    }
  }
  return fields;
}

/** What stands for any state where suggestions are counted by a permit's state. */
export const ANY_STATUS = '*';

/** A permit's state as suggestions know it. */
export function statusKey(status: string | null): string {
  return status === null ? ANY_STATUS : `=${cut(status)}`;
}

/**
 * What vendors give to suggest: one document for each row that a caller can get, and for all states of permits in which
 * that row reads the same.
 */
export function* suggestionDocuments(vendors: readonly Vendor[]): Generator<Document> {
  const statuses = new Set(vendors.flatMap(({ branches }) => branches.map(({ status }) => status)));
  const rows = new Map<string, { body: Json; status: string[] }>();
  for (const status of [null, ...statuses]) {
    for (const { type, text, count, words } of collectSuggestions(vendors, status)) {
      const key = JSON.stringify([type, text, count]);
      const known = rows.get(key);
      if (known) known.status.push(statusKey(status));
      else {
        const body = {
          suggestion: { type, text, count },
          suggest_type: type,
          suggest_text: cut(text),
          suggest_count: count,
          suggest_length: words.length,
          suggest_words: words.map(cut),
          suggest_stems: words.map((word) => cut(stem(word))),
        };
        rows.set(key, { body, status: [statusKey(status)] });
      }
    }
  }
  let number = 0;
  for (const { body, status } of rows.values()) {
    yield { id: `suggestion:${number++}`, body: { kind: 'suggestion', ...body, suggest_status: status } };
  }
}

/** Id of the document that holds what was published beside a release. */
export const FILES_ID = 'release:files';

/** Files that were published with a release, by name. */
export function filesDocument(files: Readonly<Record<string, string>>): Document {
  return { id: FILES_ID, body: { kind: 'files', files } };
}

/** A text as a term of the index. */
export function cut(text: string): string {
  return text.length > LONGEST_TERM ? text.slice(0, LONGEST_TERM) : text;
}
