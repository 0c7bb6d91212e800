import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { meetingPoint, parseIntersection } from '../../../web/api/intersection.ts';
import { applyFilter, FILTER_GROUPS, openPerHour, readFilter } from '../../../web/app/client-filter.ts';
import { parseUrlState, unfilteredSearch } from '../../../web/app/url-state.ts';
import { groupOverlapping } from '../../../web/map/clustering.ts';
import { afterMove, mayFrame, OWNED_BY_PAGE } from '../../../web/map/view-ownership.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { type RunningServer, startServer } from '../page-server.ts';

/** Searches that narrow; the first part is what is asked as a whole. */
const NARROWINGS = [
  'open_at=thu12:00',
  'open_at=thu12:00&hours=known',
  'open_at=sun23:30&open_for=60',
  'open_at=sat02:00',
  'hours=known',
  'category=mexican',
  'category=Hot%20Dogs,coffee&facility=push_cart',
  'facility=truck&open_at=mon08:15',
  'open_now=true',
];
const WHOLES = [
  'status=approved',
  'q=tacos',
  'q=coffee&status=any',
  'q=tea&lat=37.7893&lon=-122.4009&sort=distance',
  'status=any&sort=name',
];

describe.each([
  ['the sample', false],
  ['the permits of 2024 with the schedule of 2022', true],
])('narrowing in the page gives what the API gives: %s', (_name, real) => {
  let server: RunningServer;
  beforeAll(async () => {
    if (real && noSharedData) return;
    server = await startServer(
      real
        ? [
            '--source',
            `permits=${sharedData('permits/permits-2024-08-29-489.csv')}`,
            '--source',
            `schedule=${sharedData('schedule/schedule-2022-01-2809.csv')}`,
          ]
        : [],
    );
  });
  afterAll(() => server?.stop());
  const api = async (query: string): Promise<SearchResponse> =>
    (await fetch(`${server.url}/search?${query}`)).json() as Promise<SearchResponse>;

  it.skipIf(real && noSharedData).each(WHOLES)('%s', async (whole) => {
    const pool = await api(whole);
    let left = 0;
    for (const narrowing of NARROWINGS) {
      const query = `${whole}&${narrowing}`;
      const { search } = parseUrlState(`?${query}`);
      expect(
        await api(
          new URLSearchParams(unfilteredSearch(parseUrlState(`?${query}`)) as Record<string, string>).toString(),
        ),
      ).toMatchObject({ hits: pool.hits });
      const theirs = await api(`${query}&strict=true&facets=category,facility,area,open`);
      const wanted = readFilter(search, { zone: pool.meta.timezone, now: Date.parse(theirs.query.at) });
      const ours = applyFilter(pool, wanted);
      expect([query, ours.hits, ours.locations]).toEqual([query, theirs.hits, theirs.locations]);
      left += ours.hits;
      const branches = (trucks: readonly SearchResponse['trucks'][number][]) =>
        trucks.map(({ id, branches: all }) => `${id}: ${all.map((one) => one.id).sort()}`);
      const ordered = /sort=/.test(whole) || !/open_/.test(narrowing);
      if (ordered) expect(branches(ours.trucks)).toEqual(branches(theirs.trucks));
      else expect(branches(ours.trucks).sort()).toEqual(branches(theirs.trucks).sort());
      for (const group of FILTER_GROUPS)
        expect([query, group, ours.counts[group]]).toEqual([query, group, theirs.facets[group]]);
    }
    expect(left).toBeGreaterThan(0);
  });

  it.skipIf(real && noSharedData)('the histogram counts who is open in each hour', async () => {
    const { trucks } = await api('status=any');
    const counts = openPerHour(trucks, 3);
    for (const hour of [0, 3, 11, 12, 18, 23]) {
      // Open at any quarter of the hour: the data's hours start and end on quarters.
      const open = new Set<string>();
      for (const minute of [0, 15, 30, 45]) {
        const at = `thu${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        for (const { id } of (await api(`status=any&open_at=${at}&hours=known&strict=true`)).trucks) open.add(id);
      }
      expect([hour, counts[hour]]).toEqual([hour, open.size]);
    }
  });
});

describe('a corner of two streets', () => {
  it.each<[string, [string, string] | null]>([
    ['market and 2nd', ['market', '2nd']],
    ['Market St & 02ND STREET', ['market', '2nd']],
    ['mission/16th st', ['mission', '16th']],
    ['2nd market', ['2nd', 'market']],
    ['Market y 2nd', ['market', '2nd']],
    ['Market и 2nd', ['market', '2nd']],
    ['fish tacos', null],
    ['tacos', null],
    ['market and market', null],
    ['tacos and burritos and beer', null],
    ['', null],
  ])('%s: %o', (text, streets) => {
    expect(parseIntersection(text)).toEqual(streets);
  });

  const at = (address: string, lat: number, lon: number) => ({ address, lat, lon });
  it('lies between the two nearest addresses on them, and nowhere when none are near', () => {
    const places = [
      at('555 MARKET ST', 1, 1),
      at('85 02ND ST', 1.001, 1),
      at('900 MARKET ST', 1, 1.02),
      at('1 MARKET BAY BLVD', 1.001, 1),
    ];
    expect(meetingPoint(places, ['market', '2nd'])).toEqual({ lat: 1.0005, lon: 1 });
    expect(meetingPoint(places.slice(1), ['market', '2nd'])).toBeNull();
    expect(meetingPoint([], ['market', '2nd'])).toBeNull();
  });
});

describe('who moved the map', () => {
  it('only a person’s move offers to search there, and only where there is something to search', () => {
    expect(afterMove(OWNED_BY_PAGE, 'person-moved', true)).toEqual({ movedBy: 'person', offer: true });
    expect(afterMove(OWNED_BY_PAGE, 'person-moved', false).offer).toBe(false);
    expect(afterMove(OWNED_BY_PAGE, 'program-moved', true).offer).toBe(false);
  });
  it('an answer does not move the map away from what a person looks at, and does when nothing is there', () => {
    const held = afterMove(OWNED_BY_PAGE, 'person-moved', true);
    expect([mayFrame(held, true), mayFrame(held, false), mayFrame(OWNED_BY_PAGE, true)]).toEqual([false, true, true]);
  });
  it('searching there keeps the view, and withdraws the offer', () => {
    const searched = afterMove(afterMove(OWNED_BY_PAGE, 'person-moved', true), 'searched-here', true);
    expect(searched).toEqual({ movedBy: 'person', offer: false });
    expect(mayFrame(searched, true)).toBe(false);
  });
  it('near me wins over all of it', () => {
    const held = afterMove(OWNED_BY_PAGE, 'person-moved', true);
    expect(mayFrame(afterMove(held, 'let-go', true), true)).toBe(true);
  });
});

describe('clusters', () => {
  const dots = fc.array(fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 400 }) }), {
    maxLength: 120,
  });
  it('have every dot once, none of it further than the reach from the first, and no two firsts nearer', () => {
    fc.assert(
      fc.property(dots, fc.integer({ min: 1, max: 90 }), (all, reach) => {
        const groups = groupOverlapping(all, reach);
        expect(groups.flat().sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
        const gap = (a = 0, b = 0) =>
          Math.hypot((all[a]?.x ?? 0) - (all[b]?.x ?? 0), (all[a]?.y ?? 0) - (all[b]?.y ?? 0));
        for (const group of groups) for (const one of group) expect(gap(group[0], one)).toBeLessThanOrEqual(reach);
        groups.forEach((group, index) => {
          for (const other of groups.slice(index + 1)) expect(gap(group[0], other[0])).toBeGreaterThan(reach);
        });
      }),
    );
  });
});
