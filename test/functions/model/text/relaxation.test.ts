import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { THAT_MINUTE } from '../../../../functions/model/hours/open-state.ts';
import type { SearchQuery } from '../../../../functions/model/query.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';
import { searchWithRelaxation } from '../../../../functions/model/text/relaxation.ts';
import type { Branch } from '../../../../functions/model/vendor.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { branch, town, vendor, WELL } from '../../../fixtures/town.ts';

/** Monday 11:00 to 14:00. */
const LUNCH: Partial<Branch> = {
  hours: { source: 'schedule', text: 'Mo:11AM-2PM', week: [[660, 840]], complete: true },
};
const NOON = 720;
const NIGHT = 120;

const plain = town([
  vendor('Taco Cart', ['Tacos', 'Fish tacos'], [branch('taco', 300, 0, LUNCH)]),
  vendor('Burrito Cart', ['Burritos', 'Fish burritos'], [branch('burrito', 900, 0, LUNCH)]),
  vendor('Fish Shack', ['Fish and chips'], [branch('fish', 2500, 0, LUNCH)]),
  vendor(
    'Night Noodles',
    ['Noodles'],
    [
      branch('night', 500, 0, {
        ...LUNCH,
        hours: { source: 'schedule', text: 'Mo:12AM-4AM', week: [[0, 240]], complete: true },
      }),
    ],
  ),
  vendor('Dog House', ['Hot dogs'], [branch('dog', -400, 0)]),
]);
const TOWN: Release = { ...plain, city: { ...plain.city, synonyms: [['hot dog', 'frankfurter']] } };
const engine = openEmbedded(TOWN);
const parse = parserOf(await engine.about());

/** The relaxed result, and the number of queries that the engine ran. */
async function relax(requested: Partial<SearchQuery>) {
  const queries: SearchQuery[] = [];
  const search = (query: SearchQuery) => {
    queries.push(query);
    return engine.search(query);
  };
  const asked = { ...ANYTHING, ...requested };
  const result = await searchWithRelaxation(asked, parse(asked), search);
  const names = result.result.hits.map((hit) => hit.vendor.name);
  return { ...result, names, calls: queries.length, steps: result.relaxed.map(({ param, to }) => [param, to]) };
}

const openNow = { timeAsked: true, time: { ...THAT_MINUTE, unknownToo: false } } as const;
const openAt = (minute: number): Partial<SearchQuery> => ({ minute, ...openNow });
const within = (radiusMetres: number): Partial<SearchQuery> => ({ origin: WELL, radiusMetres });

describe('query relaxation', () => {
  it.each<[string, Partial<SearchQuery>, [string, string | null][], string[]]>([
    ['changes nothing if something is found', { text: 'tacos' }, [], ['Taco Cart']],
    ['corrects typos', { text: 'burito' }, [['q', 'burrito']], ['Burrito Cart']],
    ['corrects a typo in one of two words', { text: 'fish buritos' }, [['q', 'fish burritos']], ['Burrito Cart']],
    [
      'allows a word to be lacking',
      { text: 'fish sushi' },
      [['q', 'fish']],
      ['Burrito Cart', 'Fish Shack', 'Taco Cart'],
    ],
    [
      'finds vendors with either word, and reports the words of the first',
      { text: 'noodles fish' },
      [['q', 'fish']],
      ['Burrito Cart', 'Fish Shack', 'Night Noodles', 'Taco Cart'],
    ],
    ['finds both on a tie', { text: 'burritos noodles' }, [['q', 'burritos']], ['Burrito Cart', 'Night Noodles']],
    ['keeps the other words in their order', { text: 'fish sushi tacos' }, [['q', 'fish tacos']], ['Taco Cart']],
    [
      'takes a phrase as one word',
      { text: 'hot dogs fish' },
      [['q', 'hot dogs']],
      ['Burrito Cart', 'Dog House', 'Fish Shack', 'Taco Cart'],
    ],
    [
      'allows two words to be lacking if no vendor has the others',
      { text: 'tacos noodles sushi' },
      [['q', 'noodles']],
      ['Night Noodles', 'Taco Cart'],
    ],
    ['keeps at least one word', { text: 'tacos sushi ramen pizza' }, [['q', 'tacos']], ['Taco Cart']],
    ['never gives up a diet', { text: 'halal tacos' }, [], []],
    ['never gives up an allergen', { text: 'gluten free tacos', ...within(100), ...openAt(NIGHT) }, [], []],
    ['never gives up an exclusion', { text: 'fish sushi -chips -burritos' }, [['q', 'fish']], ['Taco Cart']],
    ['never corrects a diet into another word', { text: 'vegan', ...openAt(NOON) }, [], []],
    ['never corrects quoted words', { text: '"fish buritos"' }, [], []],
    ['finds nothing if every vendor is excluded', { text: '-fish -hot -noodles', ...within(100) }, [], []],
    ['needs no optional word', { text: 'best taco truck' }, [], ['Taco Cart']],
    [
      'allows a word to be lacking and corrects another',
      { text: 'sushi buritos' },
      [['q', 'burritos']],
      ['Burrito Cart'],
    ],
    ['drops the time after the words', { text: 'tacos', ...openAt(NIGHT) }, [['open_at', null]], ['Taco Cart']],
    [
      'allows words to be lacking before it drops the time',
      { text: 'fish noodles', ...openAt(NIGHT) },
      [['q', 'noodles']],
      ['Night Noodles'],
    ],
    [
      'restores all words when it drops the time',
      { text: 'fish tacos', ...openAt(NIGHT) },
      [['open_at', null]],
      ['Taco Cart'],
    ],
    [
      'corrects typos again without the time',
      { text: 'burito', ...openAt(NIGHT) },
      [
        ['q', 'burrito'],
        ['open_at', null],
      ],
      ['Burrito Cart'],
    ],
    ['doubles the radius', { text: 'chips', ...within(500) }, [['radius', '4000']], ['Fish Shack']],
    [
      'widens the area only if no vendor in it has any of the words',
      { text: 'tacos sushi', ...within(500) },
      [['q', 'tacos']],
      ['Taco Cart'],
    ],
    ['widens the area without words', within(10), [['radius', '320']], ['Taco Cart']],
    [
      'reports every step',
      { text: 'chipz sushi', ...within(1000), ...openAt(NIGHT) },
      [
        ['q', 'chips'],
        ['open_at', null],
        ['radius', '4000'],
      ],
      ['Fish Shack'],
    ],
    ['keeps the other filters', { text: 'tacos', status: 'expired' }, [], []],
    ['finds nothing if no word matches', { text: 'sushi' }, [], []],
    ['finds nothing for punctuation alone', { text: '?!' }, [], []],
    ['finds nothing for punctuation alone in any area', { text: '?!', ...within(100), ...openAt(NOON) }, [], []],
  ])('%s', async (_, requested, steps, names) => {
    const relaxed = await relax(requested);
    expect(relaxed.steps).toEqual(steps);
    expect([...relaxed.names].sort()).toEqual(names);
    for (const { hits } of relaxed.relaxed) expect(hits).toBe(relaxed.result.vendors);
  });

  it('finds the only word that matches, in any position', async () => {
    expect((await relax({ text: 'sushi ramen tacos' })).steps).toEqual([['q', 'tacos']]);
  });

  it('reports the previous values', async () => {
    const { relaxed } = await relax({ text: 'Chipz sushi', ...within(1000), ...openAt(NIGHT) });
    expect(relaxed.map(({ param, from }) => [param, from])).toEqual([
      ['q', 'Chipz sushi'],
      ['open_at', 'open'],
      ['radius', '1000'],
    ]);
  });

  it('doubles a box around its centre, and reports the new box', async () => {
    const box = { west: WELL.lon + 0.001, east: WELL.lon + 0.002, south: WELL.lat - 0.001, north: WELL.lat + 0.001 };
    const { names, relaxed, query } = await relax({ text: 'tacos', box });
    expect(names).toEqual(['Taco Cart']);
    expect(relaxed.map(({ param }) => param)).toEqual(['bbox']);
    expect((query.box?.west ?? 0) + (query.box?.east ?? 0)).toBeCloseTo(box.west + box.east, 9);
    expect(relaxed[0]?.to?.split(',').map(Number)).toHaveLength(4);
  });

  it('runs one query if something is found, on every page', async () => {
    expect(await relax({ text: 'fish' })).toMatchObject({ calls: 1, relaxed: [] });
    const after = { score: 0, distanceMetres: 0, name: 'zzz', id: 'zzz' };
    expect(await relax({ text: 'fish', after })).toMatchObject({ calls: 1, relaxed: [], names: [] });
  });
});

describe('any search', () => {
  const word = fc.constantFrom(
    ...['fish', 'tacos', 'taco', 'buritos', 'noodles', 'hot', 'dogs', 'sushi', 'chips', 'frankfurter', '?'],
    ...['food', 'halal', '-tacos'],
  );
  const parts = fc.record({
    text: fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    radiusMetres: fc.option(fc.integer({ min: 1, max: 5000 })),
    minute: fc.constantFrom(NOON, NIGHT, 5000),
    timed: fc.boolean(),
    limit: fc.constantFrom(1, 3, 100),
  });
  const query = parts.map(({ text, radiusMetres, minute, timed, limit }) => ({
    text,
    limit,
    ...(radiusMetres === null ? {} : within(radiusMetres)),
    ...(timed ? openAt(minute) : { minute }),
  }));

  it('reports every relaxed parameter and changes no other', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const full: SearchQuery = { ...ANYTHING, ...some };
        const { query: used, result, relaxed } = await relax(some);
        const strict = await engine.search(full);
        const reported = new Set(relaxed.map(({ param }) => param));
        if (strict.vendors > 0 || result.vendors === 0) {
          expect(relaxed).toEqual([]);
          expect(result).toEqual(strict);
          return;
        }
        expect(reported.has('q')).toBe(used.mayLack > 0 || used.typos);
        expect(reported.has('open_at')).toBe(used.time !== full.time);
        expect(reported.has('radius')).toBe(used.radiusMetres !== full.radiusMetres);
        const furthest = Math.max(
          ...result.hits.flatMap(({ branches }) => branches.map((one) => one.distanceMetres ?? 0)),
        );
        if (full.radiusMetres !== null && furthest > full.radiusMetres) {
          expect(Number(relaxed.find(({ param }) => param === 'radius')?.to)).toBeGreaterThanOrEqual(furthest);
        }
        expect(result).toEqual(await engine.search(used));
        for (const { hits } of relaxed) expect(hits).toBe(result.vendors);
        const { mayLack, typos, time, radiusMetres, ...rest } = used;
        expect(full).toMatchObject(rest);
      }),
      { numRuns: 500 },
    );
  });

  it('runs a bounded number of queries', async () => {
    // For n clauses: as asked, corrected, then two attempts for each of 1 to n - 1 lacking; the same without the time and wider.
    const perRound = (clauses: number) => 2 + 2 * Math.max(0, clauses - 1);
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const clauses = some.text.split(' ').filter(Boolean).length;
        expect((await relax(some)).calls).toBeLessThanOrEqual(3 * perRound(clauses) + 8);
      }),
      { numRuns: 300 },
    );
  });

  it('runs at most 60 queries for twelve words that match nothing', async () => {
    const text = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima';
    expect((await relax({ text, ...within(100), ...openAt(NIGHT) })).calls).toBeLessThanOrEqual(60);
  });
});
