import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { branchesByUse } from '../../../web/app/branch-order.ts';

type Branch = SearchResponse['trucks'][number]['branches'][number];
const at = (day: number, hour: number) => day * 1440 + hour * 60;

/** A branch with hours on one day, or none. */
function branch(id: string, hours: readonly [number, number] | null, metres: number | null = null): Branch {
  const week = hours ? [hours] : [];
  return { id, week, hours_source: hours ? 'schedule' : 'none', hours_complete: true, distance_m: metres } as Branch;
}

const noon = { minute: at(3, 12) };
const order = (branches: Branch[], sort = 'best') => branchesByUse(branches, noon, sort).map(({ id }) => id);
const LUNCH = [at(3, 11), at(3, 14)] as const;
const EVENING = [at(3, 18), at(3, 22)] as const;
const MORNING = [at(3, 6), at(3, 9)] as const;

describe('the branch that a row shows', () => {
  it.each<[string, Branch[], string[]]>([
    ['is open now', [branch('evening', EVENING), branch('lunch', LUNCH)], ['lunch', 'evening']],
    [
      'is open, although another is nearer',
      [branch('near', EVENING, 50), branch('open', LUNCH, 900)],
      ['open', 'near'],
    ],
    ['is the nearest of those that are open', [branch('far', LUNCH, 900), branch('near', LUNCH, 50)], ['near', 'far']],
    ['is the nearest if none is open', [branch('far', EVENING, 900), branch('near', MORNING, 50)], ['near', 'far']],
    [
      'is the next to open if no distance is known; unknown hours come last',
      [branch('unknown', null), branch('next week', MORNING), branch('tonight', EVENING)],
      ['tonight', 'next week', 'unknown'],
    ],
    ['is the first of equals', [branch('a', LUNCH), branch('b', LUNCH)], ['a', 'b']],
  ])('%s', (_name, branches, ids) => {
    expect(order(branches)).toEqual(ids);
  });

  it('is the nearest in a list that is sorted by distance', () => {
    expect(order([branch('open', LUNCH, 900), branch('near', EVENING, 50)], 'distance')).toEqual(['near', 'open']);
  });
});
