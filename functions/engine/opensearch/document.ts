import { sortName } from '../../model/order.ts';
import { type Field, WEIGHT } from '../../model/ranking.ts';
import { collectSuggestions, textReader } from '../../model/suggestions.ts';
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
  const categories = { shown: vendor.categories.map(cut), keys: vendor.categories.map((one) => cut(valueKey(one))) };
  const shared = textFields({
    items: [...vendor.items, ...vendor.searchText],
    name: [vendor.name, ...vendor.otherNames],
    category: vendor.categories,
  });
  const body = {
    kind: 'vendor',
    id: vendor.id,
    name: cut(sortName(vendor)),
    vendor,
    branches: vendor.branches.map((branch) => ({
      ...branchDocument(branch),
      category: categories.shown,
      category_key: categories.keys,
      ...joined(shared, textFields({ address: [branch.address], area: [branch.area] })),
    })),
  };
  return { id: vendor.id, body };
}

function branchDocument({ lat, lon, status, facility, area, hours }: Branch): Json {
  return {
    place: { lat, lon },
    lat,
    lon,
    status: cut(status),
    facility: cut(facility),
    facility_key: cut(valueKey(facility)),
    ...(area === null ? {} : { area: cut(area) }),
    area_key: cut(valueKey(area ?? '')),
    open: hours.week.map(([start, end]) => ({ gte: start, lt: end - start >= WEEK ? NEVER : end })),
    hours_known: hours.source !== 'none',
    hours_unsure: hours.source === 'none' || !hours.complete,
  };
}

/** One array entry a text, so that no phrase reaches from one into the next; by the name of the weight's field. */
type TextFields = Readonly<Record<'words' | 'stems', Readonly<Record<string, readonly string[]>>>>;

/** The words and the stems of each weight. */
function textFields(texts: Texts): TextFields {
  const fields: Record<'words' | 'stems', Record<string, string[]>> = { words: {}, stems: {} };
  for (const [field, values] of Object.entries(texts) as [Field, readonly (string | null)[]][]) {
    const name = FIELD_NAMES[field];
    for (const value of values) {
      const words = tokens(value ?? '');
      if (words.length === 0) continue;
      fields.words[name] ??= [];
      fields.words[name].push(words.map(cut).join(' '));
      fields.stems[name] ??= [];
      fields.stems[name].push(words.map((word) => cut(stem(word))).join(' '));
    }
  }
  return fields;
}

/** The field that a field's words are searched in, below `words` and `stems`. */
const FIELD_NAMES = Object.fromEntries(
  Object.entries(WEIGHT).map(([field, weight]) => [field, textField('words', weight).slice('branches.words.'.length)]),
) as Readonly<Record<Field, string>>;

function joined(a: TextFields, b: TextFields): TextFields {
  const both = (form: 'words' | 'stems') => {
    const fields: Record<string, readonly string[]> = { ...a[form] };
    for (const [name, texts] of Object.entries(b[form])) fields[name] = [...(fields[name] ?? []), ...texts];
    return fields;
  };
  return { words: both('words'), stems: both('stems') };
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
  const read = textReader();
  const statuses = new Set(vendors.flatMap(({ branches }) => branches.map(({ status }) => status)));
  const rows = new Map<string, { body: Json; status: string[] }>();
  for (const status of [null, ...statuses]) {
    for (const { type, text, count, words } of collectSuggestions(vendors, status, read)) {
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
