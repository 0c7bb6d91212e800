import { sortName } from '../../model/comparators.ts';
import { WEEK } from '../../model/hours/week.ts';
import { type Field, WEIGHT } from '../../model/ranking.ts';
import { DataWordCollector } from '../../model/text/data-words.ts';
import type { DataWords } from '../../model/text/parsed-query.ts';
import { stem } from '../../model/text/stemming.ts';
import { type Candidate, suggestionsByStatus, suggestionTally, textAnalyzer } from '../../model/text/suggestions.ts';
import { joinedForms, joinedNames, valueKey } from '../../model/text/tokenizer.ts';
import type { Vocabulary } from '../../model/text/vocabulary/compiled-vocabulary.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import { type Json, LONGEST_TERM, textField } from './mapping.ts';

/** A document of the index; `source` is its JSON. */
export type Document = { readonly id: string; readonly source: string };

/** The end of opening hours of a week or longer: later than any minute of a query. */
const NEVER = 2 ** 31 - 1;

type Texts = readonly (readonly [Field, string])[];

/**
 * The words and the stems of texts by the name of their weight's field: the entries of a JSON array, without its brackets. Each text
 * is an entry of its own, so that a phrase cannot match across two texts. The stem of a hyphenated word written as one (`7-Up` is `7up`)
 * is an entry too, and so are two neighbouring words of a name: they are found on their own, but never as part of a phrase.
 */
type TextFields = Readonly<Record<'words' | 'stems', Readonly<Record<string, string>>>>;

const NO_TEXTS: TextFields = { words: {}, stems: {} };

/** A vendor's field to the name of its weight's field below `words` and `stems`. */
const FIELD_NAMES = Object.fromEntries(
  Object.entries(WEIGHT).map(([field, weight]) => [field, textField('words', weight).slice('branches.words.'.length)]),
) as Readonly<Record<Field, string>>;

/**
 * Builds the documents of a release as JSON text. It serializes each text, and the fields that all branches of a vendor share, only
 * once: the documents of a million branches repeat the same foods, streets and areas, and building them from objects took 1.5 times
 * as long as the cluster needed to index them (2026-11-21).
 */
export function documentMaker(vocabulary: Vocabulary) {
  const read = textAnalyzer();
  const dataWords = new DataWordCollector(vocabulary);
  // Counts along with the vendors, while the cluster is busy with the previous ones.
  const tally = suggestionTally(read);
  const jsonOf = memoize((text) => {
    const { words } = read(text);
    if (words.length === 0) return null;
    const stems = words.map((word) => truncateTerm(stem(word)));
    return {
      words: JSON.stringify(words.map(truncateTerm).join(' ')),
      stems: JSON.stringify(stems.join(' ')) + joinedEntries(joinedForms(text)),
    };
  });
  /** Each with a comma before it, because others precede it. */
  const joinedEntries = (joined: readonly string[]) =>
    joined.map((word) => `,${JSON.stringify(truncateTerm(stem(word)))}`).join('');
  /** Tells the query parser the words of a text, once. */
  const addDataWords = memoize((text) => {
    for (const word of [...read(text).words, ...joinedForms(text)]) dataWords.addWord(word);
    return true;
  });
  const keyOf = memoize((text) => truncateTerm(valueKey(text)));

  /** A copy of the fields with the words and stems of more texts. */
  function addTexts(fields: TextFields, texts: Texts): TextFields {
    const [words, stems] = [{ ...fields.words }, { ...fields.stems }];
    for (const [field, text] of texts) {
      const json = jsonOf(text);
      if (json === null) continue;
      const name = FIELD_NAMES[field];
      const joined = field === 'name' ? joinedNames(read(text).words) : [];
      for (const word of joined) dataWords.addWord(word);
      const own = json.stems + joinedEntries(joined);
      // Only stems of descriptions are found, and the query parser does not know their words.
      if (field !== 'description') {
        words[name] = name in words ? `${words[name]},${json.words}` : json.words;
        addDataWords(text);
      }
      stems[name] = name in stems ? `${stems[name]},${own}` : own;
    }
    return { words, stems };
  }

  function branchFields({ lat, lon, status, facility, area, hours }: Branch): Json {
    return {
      place: { lat, lon },
      lat,
      lon,
      status: truncateTerm(status),
      facility: truncateTerm(facility),
      facility_key: keyOf(facility),
      ...(area === null ? {} : { area: truncateTerm(area) }),
      area_key: keyOf(area ?? ''),
      open: hours.week.map(([start, end]) => ({ gte: start, lt: end - start >= WEEK ? NEVER : end })),
      hours_known: hours.source !== 'none',
      hours_unsure: hours.source === 'none' || !hours.complete,
    };
  }

  return {
    /**
     * A vendor as one document: the vendor itself (`vendor`, not indexed), its sort keys, and its branches, each with the vendor's
     * words and its own, because all words of a query must match within one branch.
     */
    vendor(vendor: Vendor): Document {
      tally.add(vendor);
      for (const name of [vendor.name, ...vendor.otherNames]) dataWords.addName(read(name).words);
      const shared = addTexts(NO_TEXTS, [
        ...[...vendor.items, ...vendor.searchText].map((text) => ['items', text] as const),
        ...[vendor.name, ...vendor.otherNames].map((text) => ['name', text] as const),
        ...vendor.categories.map((text) => ['category', text] as const),
      ]);
      const categories = jsonMembers({
        category: vendor.categories.map(truncateTerm),
        category_key: vendor.categories.map(keyOf),
      });
      const branches = vendor.branches.map((branch) => {
        const { words, stems } = addTexts(shared, [
          ['address', branch.address ?? ''],
          ['area', branch.area ?? ''],
          ...branch.descriptions.map((text) => ['description', text] as const),
        ]);
        return `{${jsonMembers(branchFields(branch))},${categories},"words":${jsonArrays(words)},"stems":${jsonArrays(stems)}}`;
      });
      const members = jsonMembers({ kind: 'vendor', id: vendor.id, name: truncateTerm(sortName(vendor)), vendor });
      return { id: vendor.id, source: `{${members},"branches":[${branches}]}` };
    },

    /** What the query parser must know of all vendors so far. */
    dataWords: (): DataWords => dataWords.result(),

    /**
     * The suggestions from all vendors so far: one document per row that a client can get, with every permit status for which the
     * row is the same.
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

export type DocumentMaker = ReturnType<typeof documentMaker>;

function suggestionBody({ type, text, count, words }: Candidate): Json {
  return {
    kind: 'suggestion',
    suggestion: { type, text, count },
    suggest_type: type,
    suggest_text: truncateTerm(text),
    suggest_count: count,
    suggest_length: words.length,
    suggest_beginning: truncateTerm(words.join(' ')),
    suggest_words: words.map(truncateTerm),
    suggest_stems: words.map((word) => truncateTerm(stem(word))),
  };
}

/** The JSON of an object without its braces. */
function jsonMembers(value: Json): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The JSON of an object of arrays, from the entries of the arrays. */
function jsonArrays(fields: Readonly<Record<string, string>>): string {
  let members = '';
  for (const name in fields) members += `${members === '' ? '' : ','}"${name}":[${fields[name]}]`;
  return `{${members}}`;
}

function memoize<Value>(compute: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = compute(text);
      known.set(text, value);
    }
    return value;
  };
}

/** The key of suggestions that are counted whatever the permit's status. */
const ANY_STATUS = '*';

/** The key of a permit's status in suggestions; `null`: any status. */
export function statusKey(status: string | null): string {
  return status === null ? ANY_STATUS : `=${truncateTerm(status)}`;
}

/** The document with the files that were published with a release, by name. */
export function filesDocument(files: Readonly<Record<string, string>>): Document {
  return { id: 'release:files', source: JSON.stringify({ kind: 'files', files }) };
}

/** Cuts a word or key to the length that is indexed. */
export function truncateTerm(text: string): string {
  return text.length > LONGEST_TERM ? text.slice(0, LONGEST_TERM) : text;
}
