import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { SearchQuery } from '../../../../functions/model/query.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { searchWithRelaxation } from '../../../../functions/model/text/relaxation.ts';
import { prepareSynonyms } from '../../../../functions/model/text/synonyms.ts';
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
const synonyms = prepareSynonyms(TOWN.city.synonyms);

/** The ladder's answer, and how often it asked the engine. */
async function climb(asked: Partial<SearchQuery>) {
  const queries: SearchQuery[] = [];
  const search = (query: SearchQuery) => {
    queries.push(query);
    return engine.search(query);
  };
  const answer = await searchWithRelaxation({ ...ANYTHING, ...asked }, search, synonyms);
  const names = answer.result.hits.map((hit) => hit.vendor.name);
  return { ...answer, names, calls: queries.length, steps: answer.relaxed.map(({ param, to }) => [param, to]) };
}

const openAt = (minute: number): Partial<SearchQuery> => ({
  minute,
  timeAsked: true,
  time: { forMinutes: 0, unknownToo: false },
});
const within = (radiusMetres: number): Partial<SearchQuery> => ({ origin: WELL, radiusMetres });

describe('the ladder', () => {
  it.each<[string, Partial<SearchQuery>, [string, string | null][], string[]]>([
    ['does nothing when something is found', { text: 'tacos' }, [], ['Taco Cart']],
    ['mends typos', { text: 'burito' }, [['q', 'burrito']], ['Burrito Cart']],
    ['mends typos in one of two words', { text: 'fish buritos' }, [['q', 'fish burritos']], ['Burrito Cart']],
    [
      'drops the word without which most is left',
      { text: 'fish sushi' },
      [['q', 'fish']],
      ['Burrito Cart', 'Fish Shack', 'Taco Cart'],
    ],
    [
      'drops the first word if that leaves more',
      { text: 'noodles fish' },
      [['q', 'fish']],
      ['Burrito Cart', 'Fish Shack', 'Taco Cart'],
    ],
    ['drops the last of equals', { text: 'burritos noodles' }, [['q', 'burritos']], ['Burrito Cart']],
    ['keeps the others, in their order', { text: 'fish sushi tacos' }, [['q', 'fish tacos']], ['Taco Cart']],
    ['drops a phrase as one', { text: 'hot dogs fish' }, [['q', 'fish']], ['Burrito Cart', 'Fish Shack', 'Taco Cart']],
    ['drops the last where no single word helps', { text: 'tacos noodles sushi' }, [['q', 'tacos']], ['Taco Cart']],
    ['drops words till one is left', { text: 'tacos sushi ramen pizza' }, [['q', 'tacos']], ['Taco Cart']],
    ['mends a word when dropping alone does not do', { text: 'sushi buritos' }, [['q', 'burritos']], ['Burrito Cart']],
    ['gives up the time last of the words', { text: 'tacos', ...openAt(NIGHT) }, [['open_at', null]], ['Taco Cart']],
    ['drops words before the time', { text: 'fish noodles', ...openAt(NIGHT) }, [['q', 'noodles']], ['Night Noodles']],
    [
      'gives back the words when the time is given up',
      { text: 'fish tacos', ...openAt(NIGHT) },
      [['open_at', null]],
      ['Taco Cart'],
    ],
    [
      'mends typos again without the time',
      { text: 'burito', ...openAt(NIGHT) },
      [
        ['q', 'burrito'],
        ['open_at', null],
      ],
      ['Burrito Cart'],
    ],
    ['widens by twos', { text: 'chips', ...within(500) }, [['radius', '4000']], ['Fish Shack']],
    ['widens only when words do not help', { text: 'tacos sushi', ...within(500) }, [['q', 'tacos']], ['Taco Cart']],
    ['widens without words', within(10), [['radius', '320']], ['Taco Cart']],
    [
      'says all it did',
      { text: 'chipz sushi', ...within(1000), ...openAt(NIGHT) },
      [
        ['q', 'chips'],
        ['open_at', null],
        ['radius', '4000'],
      ],
      ['Fish Shack'],
    ],
    ['keeps what the caller filters', { text: 'tacos', status: 'expired' }, [], []],
    ['finds nothing where there is nothing', { text: 'sushi' }, [], []],
    ['finds nothing for signs alone', { text: '?!' }, [], []],
    ['finds nothing for signs alone, however wide', { text: '?!', ...within(100), ...openAt(NOON) }, [], []],
  ])('%s', async (_, asked, steps, names) => {
    const answer = await climb(asked);
    expect(answer.steps).toEqual(steps);
    expect([...answer.names].sort()).toEqual(names);
    for (const { hits } of answer.relaxed) expect(hits).toBe(answer.result.vendors);
  });

  it('finds the one word that somebody sells, wherever it stands', async () => {
    expect((await climb({ text: 'vegan gluten free tacos' })).steps).toEqual([['q', 'tacos']]);
  });

  it('says what stood there before', async () => {
    const { relaxed } = await climb({ text: 'Chipz sushi', ...within(1000), ...openAt(NIGHT) });
    expect(relaxed.map(({ param, from }) => [param, from])).toEqual([
      ['q', 'Chipz sushi'],
      ['open_at', 'open'],
      ['radius', '1000'],
    ]);
  });

  it('doubles a box around its middle, and says the new one', async () => {
    const box = { west: WELL.lon + 0.001, east: WELL.lon + 0.002, south: WELL.lat - 0.001, north: WELL.lat + 0.001 };
    const { names, relaxed, query } = await climb({ text: 'tacos', box });
    expect(names).toEqual(['Taco Cart']);
    expect(relaxed.map(({ param }) => param)).toEqual(['bbox']);
    expect((query.box?.west ?? 0) + (query.box?.east ?? 0)).toBeCloseTo(box.west + box.east, 9);
    expect(relaxed[0]?.to?.split(',').map(Number)).toHaveLength(4);
  });

  it('asks once for a page further on, and once where something is found', async () => {
    const after = { score: 0, distanceMetres: 0, name: 'zzz', id: 'zzz' };
    expect(await climb({ text: 'sushi', after })).toMatchObject({ calls: 1, relaxed: [] });
    expect(await climb({ text: 'fish' })).toMatchObject({ calls: 1, relaxed: [] });
  });
});

describe('any search', () => {
  const word = fc.constantFrom(
    'fish',
    'tacos',
    'taco',
    'buritos',
    'noodles',
    'hot',
    'dogs',
    'sushi',
    'chips',
    'frankfurter',
    '?',
  );
  const asked = fc.record({
    text: fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    radiusMetres: fc.option(fc.integer({ min: 1, max: 5000 })),
    minute: fc.constantFrom(NOON, NIGHT, 5000),
    timed: fc.boolean(),
    limit: fc.constantFrom(1, 3, 100),
  });
  const query = asked.map(({ text, radiusMetres, minute, timed, limit }) => ({
    text,
    limit,
    ...(radiusMetres === null ? {} : within(radiusMetres)),
    ...(timed ? openAt(minute) : { minute }),
  }));

  it('says whatever it loosened, and loosens nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const full: SearchQuery = { ...ANYTHING, ...some };
        const { query: used, result, relaxed } = await climb(some);
        const strict = await engine.search(full);
        const said = new Set(relaxed.map(({ param }) => param));
        if (strict.vendors > 0 || result.vendors === 0) {
          expect(relaxed).toEqual([]);
          expect(result).toEqual(strict);
          return;
        }
        expect(said.has('q')).toBe(used.text !== full.text || used.typos);
        expect(said.has('open_at')).toBe(used.time !== full.time);
        expect(said.has('radius')).toBe(used.radiusMetres !== full.radiusMetres);
        const furthest = Math.max(
          ...result.hits.flatMap(({ branches }) => branches.map((one) => one.distanceMetres ?? 0)),
        );
        if (full.radiusMetres !== null && furthest > full.radiusMetres) {
          expect(Number(relaxed.find(({ param }) => param === 'radius')?.to)).toBeGreaterThanOrEqual(furthest);
        }
        expect(result).toEqual(await engine.search(used));
        for (const { hits } of relaxed) expect(hits).toBe(result.vendors);
        const { text, typos, time, radiusMetres, ...rest } = used;
        expect(full).toMatchObject(rest);
      }),
      { numRuns: 500 },
    );
  });

  it('asks the engine a bounded number of times', async () => {
    // n units: strict, mended, each alone, then two tries for each of n, n-1, …, 2 units; without the time and wider the same again.
    const rounds = (units: number) => 2 + units + units * (units + 1);
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const units = some.text.split(' ').filter(Boolean).length;
        expect((await climb(some)).calls).toBeLessThanOrEqual(3 * rounds(units) + 8);
      }),
      { numRuns: 300 },
    );
  });

  it('asks 600 times at most for a text of twelve words that nobody has', async () => {
    const text = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima';
    expect((await climb({ text, ...within(100), ...openAt(NIGHT) })).calls).toBeLessThanOrEqual(600);
  });
});
