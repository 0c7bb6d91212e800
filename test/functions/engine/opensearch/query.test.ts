import { describe, expect, it } from 'vitest';
import { documentMaker } from '../../../../functions/engine/opensearch/document.ts';
import { indexBody, LAYOUT, textField, VENDOR_WEIGHTS } from '../../../../functions/engine/opensearch/mapping.ts';
import { searchBodies } from '../../../../functions/engine/opensearch/query.ts';
import { suggestBodies } from '../../../../functions/engine/opensearch/suggest.ts';
import { THAT_MINUTE } from '../../../../functions/model/hours/open-state.ts';
import { WEEK } from '../../../../functions/model/hours/week.ts';
import { FACETS, type SearchQuery } from '../../../../functions/model/query.ts';
import { WEIGHT } from '../../../../functions/model/ranking.ts';
import { continuesBeginning } from '../../../../functions/model/text/edit-distance.ts';
import { NO_DATA_WORDS } from '../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';
import { vocabularyOf } from '../../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { VOCABULARY_VERSION } from '../../../../functions/model/text/vocabulary/version.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { branch, vendor, WELL } from '../../../fixtures/town.ts';

const SYNONYMS = [['hot dog', 'frankfurter']];
const parse = parserOf({ city: { synonyms: SYNONYMS }, words: { ...NO_DATA_WORDS, shortWords: ['te'] } });
const PAGE = { size: 20, after: null };

type Scored = {
  readonly bool: {
    readonly must: readonly {
      readonly bool?: { readonly should: readonly unknown[]; readonly minimum_should_match: number };
    }[];
    readonly should: readonly unknown[];
  };
};

function bodies(query: Partial<SearchQuery>) {
  const whole = { ...ANYTHING, ...query };
  return searchBodies(whole, parse(whole), PAGE, 7);
}

/** All values of a key at any depth. */
function valuesOf(key: string, json: unknown): unknown[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)]);
}

describe('the bodies of a search', () => {
  it('are plain JSON, and the same for the same query', () => {
    const query = { text: 'hot dog tac', origin: WELL, radiusMetres: 500, facets: FACETS, area: ['old town'] };
    expect(bodies(query)).toEqual(bodies(query));
    expect(JSON.parse(JSON.stringify(bodies(query)))).toEqual(bodies(query));
  });

  it('are null when nothing can match', () => {
    expect(bodies({ text: '!?' })).toBeNull();
    expect(bodies({ radiusMetres: 100 })).toBeNull();
  });

  it('match prefixes of the last word only, and typos only on request', () => {
    const plain = bodies({ text: 'quesadillas tacos' });
    expect(new Set(valuesOf('prefix', plain).flatMap((one) => valuesOf('value', one)))).toEqual(new Set(['tacos']));
    expect(valuesOf('fuzzy', plain)).toEqual([]);
    const mended = valuesOf('fuzzy', bodies({ text: 'quesadilas tacoz hto', typos: true })?.hits);
    const edits = mended
      .flatMap((one) => Object.values(one as object))
      .map(({ value, fuzziness }) => `${value} ${fuzziness}`);
    // The stem of a long word may have one too.
    expect(new Set(edits)).toEqual(new Set(['quesadilas 1', 'quesadilas 2', 'quesadila 1', 'tacoz 1']));
    // Only constant_score does not limit the number of expansions.
    for (const clause of mended) expect(valuesOf('rewrite', clause)).toEqual(['constant_score']);
  });

  it('match the words that go on after a beginning with a typo, by a pattern that the cluster accepts', () => {
    const patterns = (text: string) =>
      valuesOf('regexp', bodies({ text, typos: true })?.hits)
        .flatMap((one) => valuesOf('value', one))
        .map(String);
    expect(patterns('burit ')).toEqual([]);
    expect(patterns('buri')).toEqual([]);
    const [pattern = ''] = patterns('burit');
    const words = ['burritos', 'burrito', 'burits', 'bruitos', 'bxritos', 'birthday', 'buirtxx', 'uritosx'];
    const found = words.filter((word) => new RegExp(`^(?:${pattern})$`, 'u').test(word));
    expect(found).toEqual(words.filter((word) => continuesBeginning(word, 'burit')));
    expect(found).toContain('burritos');
    const longest = Math.max(...patterns('internationalize').map(({ length }) => length));
    expect([longest > 300, longest < 1000]).toEqual([true, true]);
  });

  it('match the words of a phrase only where they are next to each other', () => {
    const phrases = valuesOf('match_phrase', bodies({ text: 'hot dog' })?.counts);
    expect(JSON.stringify(phrases)).toContain('"hot dog"');
    expect(valuesOf('match_phrase', bodies({ text: 'hot tacos' })?.counts)).toEqual([]);
  });

  it('score by constants only', () => {
    const boosts = new Set(valuesOf('boost', bodies({ text: 'hot dog tacos', typos: true })?.hits));
    for (const boost of [30, 20, 10, 27, 18, 9, 24]) expect(boosts).toContain(boost);
    // A synonym phrase for two words: twice 9 times the weight.
    expect(boosts).toContain(2 * 9 * 3);
  });

  it('let a branch lack clauses, but for diets, and count no clause of one or two letters', () => {
    const least = (query: Partial<SearchQuery>) => {
      const [{ query: scored } = {}] = valuesOf('nested', bodies(query)?.hits) as { query?: Scored }[];
      const { must = [], should = [] } = scored?.bool ?? {};
      const some = must.flatMap((one) =>
        one.bool ? [`${one.bool.minimum_should_match}/${one.bool.should.length}`] : [],
      );
      return { must: must.length - some.length, some, should: should.length };
    };
    const text = 'fish rice tacos';
    expect(least({ text })).toEqual({ must: 3, some: [], should: 0 });
    expect(least({ text, mayLack: 1 })).toEqual({ must: 0, some: ['2/3'], should: 0 });
    expect(least({ text, mayLack: 3 })).toEqual({ must: 0, some: ['1/3'], should: 0 });
    expect(least({ text: 'te fish tacos', mayLack: 1 })).toEqual({ must: 0, some: ['1/2'], should: 1 });
    expect(least({ text: 'vegan fish tacos', mayLack: 1 })).toEqual({ must: 1, some: ['1/2'], should: 0 });
    expect(least({ text: 'vegan fish tacos', mayLack: 2 })).toEqual({ must: 1, some: [], should: 2 });
    expect(least({ text: 'te ', mayLack: 1 })).toEqual({ must: 1, some: [], should: 0 });
    expect(least({ text: 'best food' })).toEqual({ must: 1, some: [], should: 2 });
  });

  it('drop what is excluded, wherever they count', () => {
    const both = bodies({ text: 'tacos no onions', exclude: ['fish sauce'], facets: FACETS, area: ['old town'] });
    for (const body of [both?.hits, both?.counts, both?.others[0]?.body]) {
      const excluded = JSON.stringify(valuesOf('must_not', body)[0]);
      expect(excluded).toContain('onion');
      expect(excluded).toContain('fish sauc');
      expect(excluded).not.toContain(textField('stems', WEIGHT.address));
    }
  });

  it('let no typo into quotation marks, diets, or words that the vocabularies know', () => {
    const fuzzy = (text: string) => valuesOf('fuzzy', bodies({ text, typos: true })).length;
    expect(fuzzy('tacoz')).toBeGreaterThan(0);
    expect(fuzzy('pizza')).toBe(0);
    expect(fuzzy('"tacoz"')).toBe(0);
    expect(fuzzy('vegan')).toBe(0);
    expect(fuzzy('best')).toBe(0);
  });

  it('score distances and open states only on request', () => {
    expect(valuesOf('function_score', bodies({ text: 'x' })?.hits)).toHaveLength(0);
    expect(valuesOf('exp', bodies({ origin: WELL })?.hits)).toHaveLength(1);
    expect(valuesOf('function_score', bodies({ origin: WELL, timeAsked: true })?.hits)).toHaveLength(2);
  });

  it('count a filtered facet separately, without its own filter', () => {
    const both = bodies({ facets: FACETS, area: ['old town'], time: { ...THAT_MINUTE, unknownToo: true } });
    expect(both?.others.map(({ facet }) => facet)).toEqual(['area', 'open']);
    const [area] = both?.others ?? [];
    expect(JSON.stringify(area?.body)).not.toContain('area_key');
    expect(valuesOf('size', area?.body)[0]).toBe(0);
    expect(bodies({ area: ['old town'] })?.others).toEqual([]);
  });

  it('count the same for every page and sort order, so that the cluster can cache it', () => {
    const query = { text: 'tacos', origin: WELL, radiusMetres: 900, facets: FACETS };
    const other = { ...query, sort: 'name', limit: 3, scaleMetres: 50 } as const;
    expect(bodies(other)?.counts).toEqual(bodies(query)?.counts);
    expect(bodies(other)?.hits).not.toEqual(bodies(query)?.hits);
  });

  it('fetch only the positions of the branches, for up to the largest vendor', () => {
    expect(valuesOf('inner_hits', bodies({})?.hits)).toEqual([{ size: 7, _source: false, sort: ['_doc'] }]);
  });

  it('search hours in this week and the next, so that they can cross the end of the week', () => {
    const ranges = valuesOf(
      'branches.open',
      bodies({ minute: WEEK - 10, time: { forMinutes: 30, withinMinutes: 0, unknownToo: false } })?.hits,
    );
    expect(ranges).toContainEqual({ gte: WEEK - 10, lte: WEEK + 19, relation: 'contains' });
    expect(ranges).toContainEqual({ gte: 2 * WEEK - 10, lte: 2 * WEEK + 19, relation: 'contains' });
    const within = valuesOf(
      'branches.open',
      bodies({ minute: WEEK - 10, time: { forMinutes: 0, withinMinutes: 30, unknownToo: false } })?.hits,
    );
    expect(within).toContainEqual({ gte: -10, lte: 19, relation: 'intersects' });
  });
});

describe('the bodies of suggestions', () => {
  it('are one per type, and none without a word', () => {
    expect(suggestBodies({ text: '?', limit: 8, status: null })).toEqual([]);
    expect(suggestBodies({ text: 'ta co', limit: 5, status: null }).map(({ size }) => size)).toEqual([5, 5, 5]);
  });
});

describe('a document', () => {
  const made = documentMaker(vocabularyOf(SYNONYMS)).vendor(
    vendor('Papa’s Cart', ['Hot dogs', '7-Up'], [branch('a', 0, 0, { address: '1 WELL ST', area: 'Old Town' })], {
      categories: ['hot_dogs'],
    }),
  );
  const { branches } = JSON.parse(made.source) as { branches: Record<'words' | 'stems', Record<string, string[]>>[] };
  const [first] = branches;
  const field = (form: 'words' | 'stems', weight: number) =>
    first?.[form][textField(form, weight).slice('branches.words.'.length)];

  it('has the words and stems of each weight, one entry per text', () => {
    expect(field('words', WEIGHT.items)).toEqual(['hot dogs', '7 up', 'papas cart']);
    // A hyphenated word is also found written as one.
    // Two words of a name are too.
    expect(field('stems', WEIGHT.items)).toEqual(['hot dog', '7 up', '7up', 'papa cart', 'papascart']);
    expect(field('words', WEIGHT.category)).toEqual(['hot dogs']);
    expect(field('words', WEIGHT.address)).toEqual(['1 well st', 'old town']);
  });

  it('has only fields of the strict mapping', () => {
    const { mappings } = indexBody({ branches: 1, largest: 1, meta: {} }) as {
      mappings: { properties: Record<string, unknown> };
    };
    const make = documentMaker(vocabularyOf(SYNONYMS));
    make.vendor(vendor('A', ['tea'], [branch('a', 0, 0)]));
    const [suggestion] = make.suggestions();
    for (const { source } of [made, ...(suggestion ? [suggestion] : [])]) {
      expect(Object.keys(JSON.parse(source)).filter((name) => !(name in mappings.properties))).toEqual([]);
    }
  });

  it('has what a query excludes in other fields than addresses and areas', () => {
    expect(VENDOR_WEIGHTS).not.toContain(WEIGHT.address);
    expect(VENDOR_WEIGHTS).not.toContain(WEIGHT.area);
  });

  it('has a layout that names the weights and the vocabularies', () => {
    expect(LAYOUT).toMatch(new RegExp(`^\\d+ 3 2 1 vocabulary ${VOCABULARY_VERSION}$`));
  });

  it('tells the query parser which short words and names the data has', () => {
    const make = documentMaker(vocabularyOf(SYNONYMS));
    make.vendor(vendor('Sin City', ['7-Up', 'Tea'], [branch('a', 0, 0, { address: '1 WELL ST', area: null })]));
    expect(make.dataWords()).toEqual({ shortWords: ['1', '7', 'st', 'up'], literalPairs: ['sin citi'] });
  });
});
