import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { explain } from '../../../functions/model/explanation.ts';
import type { SearchQuery } from '../../../functions/model/query.ts';
import type { Release } from '../../../functions/model/release.ts';
import { parserOf } from '../../../functions/model/text/parser-of-release.ts';
import type { Branch, BranchHours, Vendor } from '../../../functions/model/vendor.ts';
import { findCity } from '../../../seed/find-city.ts';
import { load } from '../../../seed/load.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { branch, town, vendor, WELL } from '../../fixtures/town.ts';

const SYNONYMS = [
  ['banh mi', 'vietnamese sandwich'],
  ['bbq', 'barbecue'],
];

function release(vendors: Vendor[]): Release {
  const plain = town(vendors);
  return { ...plain, city: { ...plain.city, synonyms: SYNONYMS } };
}

/** The hits of a query with their explanations, best first. */
async function explained(made: Release, requested: Partial<SearchQuery>) {
  const query = { ...ANYTHING, ...requested };
  const engine = openEmbedded(made);
  const parsedQuery = parserOf(await engine.about())(query);
  const { hits } = await engine.search(query);
  return hits.map((hit) => ({ name: hit.vendor.name, score: hit.score, why: explain(hit, parsedQuery, query) }));
}

const names = async (vendors: Vendor[], asked: Partial<SearchQuery>) =>
  (await explained(release(vendors), asked)).map(({ name }) => name);

const hours = (more: Partial<BranchHours>): Partial<Branch> => ({
  hours: { source: 'schedule', text: 'Mo:10AM-2PM', week: [[600, 840]], complete: true, ...more },
});
const OPEN = hours({});
const CLOSED = hours({ week: [[900, 960]] });
const CUT_OFF = hours({ week: [[900, 960]], complete: false });
const NOON = { minute: 720, timeAsked: true };

describe('a score, by the numbers that DESIGN.md publishes', () => {
  const one = (items: string[], more: Partial<Vendor> = {}, spot: Partial<Branch> = {}, east = 0) => [
    vendor('Corner', items, [branch('1', east, 0, spot)], more),
  ];
  it.each<[string, Vendor[], Partial<SearchQuery>, number]>([
    ['the word itself in the food: 10 x 3', one(['Tacos']), { text: 'tacos' }, 30],
    ['its singular: 9 x 3', one(['Tacos']), { text: 'taco' }, 27],
    ['its beginning: 8 x 3', one(['Tacos']), { text: 'tac' }, 24],
    ['in the name: 10 x 3', one([]), { text: 'corner' }, 30],
    ['in another name: 10 x 3', one([], { otherNames: ['Alley'] }), { text: 'alley' }, 30],
    ['in the kind of food: 10 x 2', one([], { categories: ['hot_dogs'] }), { text: 'dogs' }, 20],
    ['in the address: 10 x 1', one([], {}, { address: '50 01ST ST' }), { text: '1st' }, 10],
    ['in the area: 10 x 1', one([], {}, { area: 'Old Town' }), { text: 'town' }, 10],
    ['two words: the sum', one(['Fish tacos'], {}, { area: 'Old Town' }), { text: 'fish town' }, 40],
    ['food before address', one(['Well water'], {}, { address: '1 WELL ST' }), { text: 'well' }, 30],
    ['a word twice counts once', one(['Tacos']), { text: 'tacos tacos' }, 30],
    ['a synonym: 1 word x 9 x 3', one(['Barbecue']), { text: 'bbq' }, 27],
    ['a phrase for a phrase: 2 words x 9 x 3', one(['Vietnamese sandwiches']), { text: 'banh mi' }, 54],
    ['a phrase itself: 2 x 10 x 3', one(['Banh mi']), { text: 'banh mi' }, 60],
    ['one typo: 6 x 3', one(['Burrito']), { text: 'burito', typos: true }, 18],
    ['two typos: 4 x 3', one(['Quesadilla']), { text: 'qesadila', typos: true }, 12],
    ['no words: 1', one(['Tacos']), {}, 1],
    ['within 150 m: 1', one(['Tacos'], {}, {}, 149), { text: 'tacos', origin: WELL }, 30],
    ['150 + 800 m: half', one(['Tacos'], {}, {}, 950), { text: 'tacos', origin: WELL }, 15],
    ['150 + 1600 m: a quarter', one(['Tacos'], {}, {}, 1750), { text: 'tacos', origin: WELL }, 7.5],
    [
      'scale 200: 150 + 200 m is half',
      one(['Tacos'], {}, {}, 350),
      { text: 'tacos', origin: WELL, scaleMetres: 200 },
      15,
    ],
    ['far away: 1/1024', one(['Tacos'], {}, {}, 50_000), { text: 'tacos', origin: WELL }, 30 / 1024],
    ['open: 1', one(['Tacos'], {}, OPEN), { text: 'tacos', ...NOON }, 30],
    ['closed: 0.6', one(['Tacos'], {}, CLOSED), { text: 'tacos', ...NOON }, 18],
    ['of unknown hours: 0.85', one(['Tacos']), { text: 'tacos', ...NOON }, 25.5],
    ['cut-off hours are unknown: 0.85', one(['Tacos'], {}, CUT_OFF), { text: 'tacos', ...NOON }, 25.5],
    ['closed, but without a time in the query', one(['Tacos'], {}, CLOSED), { text: 'tacos', minute: 720 }, 30],
    ['all at once', one(['Tacos'], {}, CLOSED, 950), { text: 'taco', origin: WELL, ...NOON }, 9 * 3 * 0.5 * 0.6],
  ])('%s', async (_, vendors, asked, expected) => {
    const [first] = await explained(release(vendors), asked);
    expect(first?.score).toBeCloseTo(expected, 4);
  });
});

describe('best, with an origin', () => {
  const spot = (id: string, metres: number, more: Partial<Branch> = {}) => [branch(id, metres, 0, more)];
  const at = (text: string): Partial<SearchQuery> => ({ text, origin: WELL });

  it.each<[string, Vendor[], Partial<SearchQuery>, string[]]>([
    [
      'of equal matches the nearer is first',
      [vendor('Far', ['Tacos'], spot('1', 900)), vendor('Near', ['Tacos'], spot('2', 300))],
      at('tacos'),
      ['Near', 'Far'],
    ],
    [
      'an exact match 100 m further away comes before a weaker one',
      [vendor('Plural', ['Tacos'], spot('1', 100)), vendor('Exact', ['Taco'], spot('2', 200))],
      at('taco'),
      ['Exact', 'Plural'],
    ],
    [
      'but not if it is 2 km further away',
      [vendor('Plural', ['Tacos'], spot('1', 100)), vendor('Exact', ['Taco'], spot('2', 2100))],
      at('taco'),
      ['Plural', 'Exact'],
    ],
    [
      'words still rank distant vendors',
      [vendor('Plural', ['Tacos'], spot('1', 10_000)), vendor('Exact', ['Taco'], spot('2', 40_000))],
      at('taco'),
      ['Exact', 'Plural'],
    ],
    [
      'of equally good distant vendors the nearer is first',
      [vendor('Further', ['Taco'], spot('1', 40_000)), vendor('Far', ['Taco'], spot('2', 10_000))],
      at('taco'),
      ['Far', 'Further'],
    ],
    [
      'at one spot the name decides between equals, without accents and case',
      [
        vendor('Zebra', ['Taco'], spot('1', 0)),
        vendor('Éclair', ['Taco'], spot('2', 0)),
        vendor('apple', ['Taco'], spot('3', 0)),
      ],
      at('taco'),
      ['apple', 'Éclair', 'Zebra'],
    ],
    [
      'a vendor ranks by its best branch, not by its nearest',
      [
        vendor('One', ['Taco'], [branch('1', 200, 0, CLOSED), branch('2', 300, 0, OPEN)]),
        vendor('Other', ['Taco'], spot('3', 330, OPEN)),
        vendor('Third', ['Taco'], spot('4', 290, CUT_OFF)),
      ],
      { ...at('taco'), ...NOON },
      ['One', 'Other', 'Third'],
    ],
  ])('%s', async (_, vendors, asked, expected) => {
    expect(await names(vendors, asked)).toEqual(expected);
  });

  it('requires all words in one branch', async () => {
    const split = vendor(
      'Split',
      [],
      [branch('1', 0, 0, { area: 'Old Town', address: '1 HILL ST' }), branch('2', 9, 0)],
    );
    expect(await names([split], { text: 'town hill' })).toEqual(['Split']);
    expect(await names([split], { text: 'town well' })).toEqual([]);
  });
});

describe('an explanation', () => {
  it.each<[string, Vendor, Partial<SearchQuery>, RegExp]>([
    ['food', vendor('A', ['Tacos'], [branch('1', 0, 0)]), { text: 'taco' }, /"tacos" is in its food.*"taco"/],
    ['name', vendor('Tacos', [], [branch('1', 0, 0)]), { text: 'tacos' }, /"tacos" is in its name/],
    [
      'kind',
      vendor('A', [], [branch('1', 0, 0)], { categories: ['bbq'] }),
      { text: 'bbq' },
      /"bbq" is its kind of food/,
    ],
    ['address', vendor('A', [], [branch('1', 0, 0)]), { text: 'well' }, /"well" is in its address/],
    [
      'area',
      vendor('A', [], [branch('1', 0, 0, { area: 'Hill' })]),
      { text: 'hill' },
      /"hill" is in its neighbourhood/,
    ],
    [
      'synonym',
      vendor('A', ['Vietnamese sandwich'], [branch('1', 0, 0)]),
      { text: 'banh mi' },
      /a synonym of "banh mi" is in its food/,
    ],
    ['prefix', vendor('A', ['Tacos'], [branch('1', 0, 0)]), { text: 'tac' }, /"tacos" is in its food.*"tac"/],
    [
      'typo',
      vendor('A', ['Tacos'], [branch('1', 0, 0)]),
      { text: 'tavos', typos: true },
      /"tacos" is in its food.*"tavos"/,
    ],
    ['distance', vendor('A', ['Tacos'], [branch('1', 950, 0)]), { origin: WELL }, /^it is 950 m away.*50 %$/],
    ['closed', vendor('A', ['Tacos'], [branch('1', 0, 0, CLOSED)]), NOON, /^closed then/],
    ['nothing', vendor('A', ['Tacos'], [branch('1', 0, 0)]), {}, /^It passes the filters$/],
  ])('names the word and its field: %s', async (_, made, asked, expected) => {
    const [first] = await explained(release([made]), asked);
    expect(first?.why.sentence).toMatch(expected);
  });

  describe.skipIf(noSharedData)('of real vendors', () => {
    it('equals the score of every hit of random queries', async () => {
      const given = new Map([
        ['permits', sharedData('permits/permits-2017-06-19-764.csv')],
        ['schedule', sharedData('schedule/schedule-2017-06-4923.csv')],
      ]);
      const made = (await load({ city: findCity('san-francisco'), sources: given, origin: 'given', options: {} }))
        .release;
      const engine = openEmbedded(made);
      const parse = parserOf(await engine.about());
      const dishes = 'hot dogs taco burito sandwiches banh mi bbq cofee cold ice cream spring'.split(' ');
      const words = [...dishes, 'mission', 'st', '01st', 'catering', 'food', 'best', 'no'];
      const asked = fc.record({
        text: fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((some) => some.join(' ')),
        strict: fc.boolean(),
        typos: fc.boolean(),
        mayLack: fc.constantFrom(0, 1, 2),
        origin: fc.option(
          fc.record({
            lat: fc.double({ min: 37.7, max: 37.81, noNaN: true }),
            lon: fc.double({ min: -122.5, max: -122.37, noNaN: true }),
          }),
        ),
        minute: fc.integer({ min: 0, max: 10_079 }),
        timeAsked: fc.boolean(),
        scaleMetres: fc.constantFrom(100, 800, 5000),
      });
      let hitsSeen = 0;
      await fc.assert(
        fc.asyncProperty(asked, async (some) => {
          const query: SearchQuery = { ...ANYTHING, ...some };
          const parsedQuery = parse(query);
          for (const hit of (await engine.search(query)).hits) {
            const why = explain(hit, parsedQuery, query);
            hitsSeen += 1;
            expect(why.score).toBe(hit.score);
            expect(why.text * why.geo * why.open).toBe(hit.score);
            expect(hit.branches.map(({ branch: { id } }) => id)).toContain(why.branch);
            for (const { word, worth } of why.words) {
              expect(why.sentence).toContain(`"${word}"`);
              expect(worth).toBeGreaterThan(0);
            }
            const base = parsedQuery.required.length === 0 ? 1 : 0;
            expect(why.words.reduce((sum, { worth }) => sum + worth, base)).toBeCloseTo(why.text, 9);
          }
        }),
        { numRuns: 60 },
      );
      expect(hitsSeen).toBeGreaterThan(100);
    });
  });
});
