import { sortName } from '../../model/comparators.ts';
import { WEEK } from '../../model/hours/week.ts';
import { type Field, WEIGHT } from '../../model/ranking.ts';
import { stem } from '../../model/text/stemming.ts';
import { type Candidate, suggestionsByStatus, suggestionTally, textAnalyzer } from '../../model/text/suggestions.ts';
import { valueKey } from '../../model/text/tokenizer.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import { type Json, LONGEST_TERM, textField } from './mapping.ts';

/** A document with its id within the index; `source` is its JSON. */
export type Document = { readonly id: string; readonly source: string };

/** Later than any time that is asked for: a stretch of a week or longer never ends. */
const NEVER = 2 ** 31 - 1;

type Texts = readonly (readonly [Field, string])[];

/**
 * The words and the stems of texts, by the name of the weight's field: the entries of a JSON array without its brackets. One
 * entry a text, so that no phrase reaches from one into the next.
 */
type TextFields = Readonly<Record<'words' | 'stems', Readonly<Record<string, string>>>>;

const NO_TEXTS: TextFields = { words: {}, stems: {} };

/** The field that a field's words are searched in, below `words` and `stems`. */
const FIELD_NAMES = Object.fromEntries(
  Object.entries(WEIGHT).map(([field, weight]) => [field, textField('words', weight).slice('branches.words.'.length)]),
) as Readonly<Record<Field, string>>;

/**
 * Makes the documents of a release. What a text becomes, and what all branches of a vendor share, is written once: in the
 * documents of a million branches the same foods, streets and areas come again and again, and made from objects they took
 * half as long again as the cluster needed to take them in (2026-11-21).
 */
export function documentMaker() {
  const read = textAnalyzer();
  // Counted while the cluster is busy with the vendors before.
  const tally = suggestionTally(read);
  const linesOf = remembering((text) => {
    const { words } = read(text);
    const stems = words.map((word) => cut(stem(word)));
    return words.length === 0
      ? null
      : { words: JSON.stringify(words.map(cut).join(' ')), stems: JSON.stringify(stems.join(' ')) };
  });
  const keyOf = remembering((text) => cut(valueKey(text)));

  /** These fields, and the words and stems of more texts. */
  function withTexts(fields: TextFields, texts: Texts): TextFields {
    const [words, stems] = [{ ...fields.words }, { ...fields.stems }];
    for (const [field, text] of texts) {
      const lines = linesOf(text);
      if (lines === null) continue;
      const name = FIELD_NAMES[field];
      words[name] = name in words ? `${words[name]},${lines.words}` : lines.words;
      stems[name] = name in stems ? `${stems[name]},${lines.stems}` : lines.stems;
    }
    return { words, stems };
  }

  /** A branch's own fields. */
  function own({ lat, lon, status, facility, area, hours }: Branch): Json {
    return {
      place: { lat, lon },
      lat,
      lon,
      status: cut(status),
      facility: cut(facility),
      facility_key: keyOf(facility),
      ...(area === null ? {} : { area: cut(area) }),
      area_key: keyOf(area ?? ''),
      open: hours.week.map(([start, end]) => ({ gte: start, lt: end - start >= WEEK ? NEVER : end })),
      hours_known: hours.source !== 'none',
      hours_unsure: hours.source === 'none' || !hours.complete,
    };
  }

  return {
    /**
     * A vendor as one document: what an answer needs (`vendor`, not searched), what it is sorted by, and its branches,
     * each with the vendor's words and its own, because one branch must have all words of a query.
     */
    vendor(vendor: Vendor): Document {
      tally.add(vendor);
      const shared = withTexts(NO_TEXTS, [
        ...[...vendor.items, ...vendor.searchText].map((text) => ['items', text] as const),
        ...[vendor.name, ...vendor.otherNames].map((text) => ['name', text] as const),
        ...vendor.categories.map((text) => ['category', text] as const),
      ]);
      const categories = inside({ category: vendor.categories.map(cut), category_key: vendor.categories.map(keyOf) });
      const branches = vendor.branches.map((branch) => {
        const { words, stems } = withTexts(shared, [
          ['address', branch.address ?? ''],
          ['area', branch.area ?? ''],
        ]);
        return `{${inside(own(branch))},${categories},"words":${lists(words)},"stems":${lists(stems)}}`;
      });
      const facts = inside({ kind: 'vendor', id: vendor.id, name: cut(sortName(vendor)), vendor });
      return { id: vendor.id, source: `{${facts},"branches":[${branches}]}` };
    },

    /**
     * What the vendors until now give to suggest: one document for each row that a caller can get, and for all states of
     * permits in which that row reads the same.
     */
    *suggestions(): Generator<Document> {
      let number = 0;
      for (const { candidate, statuses } of suggestionsByStatus(tally.all(), read)) {
        const body = { ...suggestionBody(candidate), suggest_status: statuses.map(statusKey) };
        yield { id: `suggestion:${number++}`, source: JSON.stringify(body) };
      }
    },
  };
}

function suggestionBody({ type, text, count, words }: Candidate): Json {
  return {
    kind: 'suggestion',
    suggestion: { type, text, count },
    suggest_type: type,
    suggest_text: cut(text),
    suggest_count: count,
    suggest_length: words.length,
    suggest_words: words.map(cut),
    suggest_stems: words.map((word) => cut(stem(word))),
  };
}

/** The JSON of an object with keys, without its braces. */
function inside(value: Json): string {
  return JSON.stringify(value).slice(1, -1);
}

/** An object of arrays, from their entries. */
function lists(fields: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name in fields) text += `${text === '' ? '' : ','}"${name}":[${fields[name]}]`;
  return `{${text}}`;
}

function remembering<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = make(text);
      known.set(text, value);
    }
    return value;
  };
}

/** What stands for any state where suggestions are counted by a permit's state. */
export const ANY_STATUS = '*';

/** A permit's state as suggestions know it. */
export function statusKey(status: string | null): string {
  return status === null ? ANY_STATUS : `=${cut(status)}`;
}

/** Id of the document that holds what was published beside a release. */
export const FILES_ID = 'release:files';

/** Files that were published with a release, by name. */
export function filesDocument(files: Readonly<Record<string, string>>): Document {
  return { id: FILES_ID, source: JSON.stringify({ kind: 'files', files }) };
}

/** A text as a term of the index. */
export function cut(text: string): string {
  return text.length > LONGEST_TERM ? text.slice(0, LONGEST_TERM) : text;
}
