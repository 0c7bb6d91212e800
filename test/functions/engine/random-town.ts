import fc from 'fast-check';
import { byCodePoint } from '../../../functions/model/comparators.ts';
import { type LatLon, roundOrigin } from '../../../functions/model/geo.ts';
import { THAT_MINUTE } from '../../../functions/model/hours/open-state.ts';
import { DAY, type Interval, mergeWeek, WEEK } from '../../../functions/model/hours/week.ts';
import { FACETS, type SearchQuery, type SuggestQuery } from '../../../functions/model/query.ts';
import type { Release } from '../../../functions/model/release.ts';
import { tokens, valueKey } from '../../../functions/model/text/tokenizer.ts';
import type { BranchHours, Vendor } from '../../../functions/model/vendor.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { branch, town, vendor, WELL } from '../../fixtures/town.ts';

/** Words that share stems, prefixes and typos, and some that are hard to tokenize. */
const WORDS = [
  ...['taco', 'tacos', 'tacso', 'taro', 'hot', 'dog', 'dogs', 'hotdog', 'sandwich', 'sandwiches', 'sandwhich'],
  ...['quesadilla', 'quesadillas', 'quesadila', 'crème', 'brûlée', 'pho', 'phở', '01st', '1st', '1', 'bánh', 'mì'],
  ...['vietnamese', 'vietnam', 'café', 'Tea', "Papa's", '寿司', 'नमस्ते', '𐐀𐐁', 'ﬁsh', 'fish', 'fishes', 'x'],
  ...['vegan', 'gluten', 'free', 'pork', 'bacon', 'ice', 'cream', 'food', 'truck', 'no', 'near', 'st', '16th', '7-Up'],
  ...['B.B.Q', 'hot-dog', '小籠包', '热狗', '비빔밥', 'мороженое', 'картошка', 'фри', 'perritos', 'calientes', '½'],
];

/** What people write around the words of a dish, in four languages. */
const ASKING = [
  'near me, open now, open, when, best, food, trucks, the, and, or, tacos or, either, with, where can i get, 16 st, a, q, 2, $5, in oasis',
  "vegan, gluten free, halal, without gluten, no pork, no meat or dairy, don't eat, fish allergy, pork-free, not, latin american, healthy",
  'hotd, sandwihc, quesadilas, icecr, cerca de mi, perritos calientes, sin cerdo, comida, helado, pescado, sin gluten, o, ni, 🌮',
  '附近的, 热狗, 不要猪肉, 不要小籠包, 素食, 我想吃冰淇淋, 小籠, 无麸质, 或者, 和牛肉, 、',
  'рядом со мной, мороженое, хот-доги, без свинины, картошка фри, веганская еда, не, или, и',
].flatMap((line) => [...line.split(', '), 'hot dogs, fish or']);
const SYNONYMS = [
  ['banh mi', 'vietnamese sandwich'],
  ['hot dog', 'hotdog', 'frankfurter'],
  ['pho', 'soup'],
];
const AREAS = [null, 'Old Town', 'Harbour', 'Castle/Upper Gate'];
const CATEGORIES = ['mexican', 'coffee', 'hot_dogs'];

const phrase = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

const interval = fc
  .tuple(fc.nat({ max: WEEK - 1 }), fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(DAY, 2 * DAY, WEEK)))
  .map(([start, length]): Interval => [start, start + length]);

const hours = fc.oneof(
  fc.constant<BranchHours>({ source: 'none', text: null, week: [], complete: true }),
  fc.record({
    source: fc.constantFrom('schedule', 'permit'),
    text: fc.constant('as it says'),
    week: fc.array(interval, { minLength: 1, maxLength: 4 }).map((week) => mergeWeek(week)),
    complete: fc.boolean(),
  }),
) as fc.Arbitrary<BranchHours>;

const spot = fc.record({
  // Whole steps of 50 m, so that vendors share corners, as they do in the data.
  east: fc.integer({ min: -60, max: 60 }).map((steps) => steps * 50),
  north: fc.integer({ min: -60, max: 60 }).map((steps) => steps * 50),
  address: fc.option(phrase),
  area: fc.constantFrom(...AREAS),
  descriptions: fc.array(phrase, { maxLength: 2 }),
  facility: fc.constantFrom('truck', 'push_cart', 'unknown'),
  status: fc.constantFrom('approved', 'approved', 'expired', 'requested'),
  hours,
});

/** Towns that combine everything that can be searched. */
export const towns: fc.Arbitrary<Release> = fc
  .array(
    fc.record({
      name: phrase,
      otherNames: fc.array(phrase, { maxLength: 1 }),
      items: fc.array(phrase, { maxLength: 4 }),
      searchText: fc.array(phrase, { maxLength: 1 }),
      categories: fc.subarray(CATEGORIES),
      spots: fc.array(spot, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => {
    const vendors = rows.map(
      ({ name, items, spots, ...more }, v): Vendor =>
        vendor(
          name,
          items,
          spots.map(({ east, north, ...rest }, b) => branch(`${v}-${b}`, east, north, rest)),
          { ...more, id: `vendor-${v}` },
        ),
    );
    const release = town(vendors);
    return { ...release, city: { ...release.city, synonyms: SYNONYMS } };
  });

/** The parts of random searches. */
export type Vocabulary = {
  readonly words: readonly string[];
  readonly categories: readonly string[];
  readonly facilities: readonly string[];
  readonly areas: readonly string[];
  readonly center: LatLon;
  /** Places that become corners of boxes, so that branches are exactly on the edges. */
  readonly corners: readonly LatLon[];
};

/** The vocabulary of {@link towns}, and some words that no town has. */
export const TOWN_VOCABULARY: Vocabulary = {
  words: [...WORDS, 'frankfurter', 'soup', 'sandwic', 'quesadilal', 'xquesadilla', 'dgo', 't', '!?'],
  categories: ['mexican', 'coffee', 'hot dogs', 'none such'],
  facilities: ['truck', 'push cart'],
  areas: ['old town', 'harbour', 'castle upper gate', ''],
  center: WELL,
  corners: [-60, -31, -10, 0, 7, 25, 60].map((steps) => branch('corner', steps * 50, steps * 40)),
};

/** The vocabulary of a real release: its words, their prefixes and misspellings, and its own values and places. */
export function vocabularyOf({ vendors, city }: Release, limit = 300): Vocabulary {
  const every = <Value>(all: readonly Value[]) => all.filter((_, at) => at % Math.ceil(all.length / limit) === 0);
  const found = vendors.flatMap(({ name, items }) => tokens([name, ...items].join(' ')));
  const words = every([...new Set(found)].sort(byCodePoint));
  const misspelt = words.filter((word) => word.length > 4).map((word) => word.slice(0, 2) + word.slice(3));
  const prefixes = words.map((word) => word.slice(0, 3));
  const branches = vendors.flatMap((one) => one.branches);
  const keys = (values: readonly string[]) => [...new Set(values.map(valueKey))].sort(byCodePoint).slice(0, 8);
  return {
    words: [...words, ...misspelt, ...prefixes, ...city.synonyms.flat()],
    categories: keys(vendors.flatMap(({ categories }) => categories)),
    facilities: keys(branches.map(({ facility }) => facility)),
    areas: keys(branches.map(({ area }) => area ?? '')),
    center: city.center,
    corners: every(branches).slice(0, 50),
  };
}

const phraseOf = (word: fc.Arbitrary<string>) =>
  fc.array(word, { minLength: 1, maxLength: 2 }).map((some) => some.join(' '));

/** Questions with everything that the parser reads: negations, quotation marks, diets, intents, and more words than are required. */
export function questionsOf(word: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 4, arbitrary: word },
    { weight: 3, arbitrary: fc.constantFrom(...ASKING) },
    phraseOf(word).map((some) => `"${some}"`),
    phraseOf(word).map((some) => `-"${some}"`),
    word.map((one) => `-${one}`),
    phraseOf(word).map((some) => `no ${some}`),
  );
  const few = fc.array(part, { minLength: 1, maxLength: 4 });
  const many = fc.array(word, { minLength: 9, maxLength: 12 });
  const end = fc.constantFrom('', '', ' ');
  return fc.tuple(fc.oneof({ weight: 5, arbitrary: few }, many), end).map(([parts, blank]) => parts.join(' ') + blank);
}

/** Any query of the API in the words of a release; its origin is near, up to 5,000 km away, or absent. */
export function searchesIn({
  words,
  categories,
  facilities,
  areas,
  center,
  corners,
}: Vocabulary): fc.Arbitrary<SearchQuery> {
  const around = (limit: number, step: number) =>
    fc
      .record({ lat: fc.integer({ min: -limit, max: limit }), lon: fc.integer({ min: -limit, max: limit }) })
      .map(({ lat, lon }) => roundOrigin({ lat: center.lat + lat * step, lon: center.lon + lon * step }));
  const origin = fc.oneof(fc.constant(null), fc.constant(center), around(40, 0.001), around(35, 1));
  const box = fc.tuple(fc.constantFrom(...corners), fc.constantFrom(...corners)).map(([a, b]) => ({
    west: Math.min(a.lon, b.lon),
    south: Math.min(a.lat, b.lat),
    east: Math.max(a.lon, b.lon),
    north: Math.max(a.lat, b.lat),
  }));
  const word = fc.constantFrom(...words);
  const text = fc.oneof(
    fc.constant(''),
    fc.array(word, { minLength: 1, maxLength: 3 }).map((some) => some.join(' ')),
    questionsOf(word),
  );
  const values = (of: readonly string[]) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.subarray([...of], { minLength: Math.min(1, of.length), maxLength: Math.min(2, of.length) }),
    );
  return fc
    .record({
      text,
      strict: fc.constantFrom(false, false, true),
      exclude: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(phraseOf(word), { maxLength: 2 })),
      typos: fc.boolean(),
      mayLack: fc.constantFrom(0, 0, 1, 2, 3),
      origin,
      radiusMetres: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 4000 })),
      box: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, box),
      status: fc.constantFrom(null, null, 'approved', 'expired'),
      category: values(categories),
      facility: values(facilities),
      area: values(areas),
      hoursKnown: fc.constantFrom(false, false, true),
      minute: fc.oneof(fc.nat({ max: WEEK - 1 }), fc.constantFrom(0, 1, 660, WEEK - 1)),
      timeAsked: fc.boolean(),
      time: fc.oneof(
        fc.constant(null),
        fc
          .record({ minutes: fc.integer({ min: 1, max: 1440 }), unknownToo: fc.boolean() })
          .chain(({ minutes, unknownToo }) =>
            fc.constantFrom(
              { ...THAT_MINUTE, unknownToo },
              { forMinutes: minutes, withinMinutes: 0, unknownToo },
              { forMinutes: 0, withinMinutes: minutes, unknownToo },
            ),
          ),
      ),
      sort: fc.constantFrom('best' as const, 'distance' as const, 'name' as const),
      scaleMetres: fc.constantFrom(50, 800, 5000),
      facets: fc.subarray([...FACETS]),
      limit: fc.constantFrom(1, 3, 10_000),
    })
    .map((query) => ({ ...ANYTHING, ...query, radiusMetres: query.origin && query.radiusMetres }));
}

/** Suggestion queries for a text that is being typed. */
export function suggestionsIn({ words }: Vocabulary): fc.Arbitrary<SuggestQuery> {
  return fc.record({
    text: fc.oneof(
      fc.constantFrom(...words),
      fc.tuple(fc.constantFrom(...words), fc.nat({ max: 3 })).map(([word, cut]) => word.slice(0, cut)),
    ),
    limit: fc.integer({ min: 1, max: 8 }),
    status: fc.constantFrom(null, 'approved', 'expired', 'gone'),
  });
}
