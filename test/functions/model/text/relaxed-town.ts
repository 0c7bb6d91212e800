import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { THAT_MINUTE } from '../../../../functions/model/hours/open-state.ts';
import type { SearchQuery } from '../../../../functions/model/query.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';
import { type CountingEngine, searchWithRelaxation } from '../../../../functions/model/text/relaxation.ts';
import type { Branch } from '../../../../functions/model/vendor.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { branch, town, vendor, WELL } from '../../../fixtures/town.ts';

/** Monday 11:00 to 14:00. */
const LUNCH: Partial<Branch> = {
  hours: { source: 'schedule', text: 'Mo:11AM-2PM', week: [[660, 840]], complete: true },
};
export const NOON = 720;
export const NIGHT = 120;

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
export const engine = openEmbedded(TOWN);
export const parse = parserOf(await engine.about());

/** The relaxed result, and the number of queries that the engine ran. */
export async function relax(requested: Partial<SearchQuery>) {
  let calls = 0;
  const counting: CountingEngine = {
    search: (query) => {
      calls++;
      return engine.search(query);
    },
    counter: (queries) => {
      const count = engine.counter(queries);
      return (query) => {
        calls++;
        return count(query);
      };
    },
  };
  const asked = { ...ANYTHING, ...requested };
  const result = await searchWithRelaxation(asked, parse(asked), counting);
  const names = result.result.hits.map((hit) => hit.vendor.name);
  return { ...result, names, calls, steps: result.relaxed.map(({ param, to }) => [param, to]) };
}

const openNow = { timeAsked: true, time: { ...THAT_MINUTE, unknownToo: false } } as const;
export const openAt = (minute: number): Partial<SearchQuery> => ({ minute, ...openNow });
export const within = (radiusMetres: number): Partial<SearchQuery> => ({ origin: WELL, radiusMetres });
