import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { applyFilter, FILTER_GROUPS, openPerHour, readFilter } from '../../../web/app/client-filter.ts';
import { parseUrlState, unfilteredSearch } from '../../../web/app/url-state.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { type RunningServer, startServer } from '../page-server.ts';

const FILTERS = [
  'open_at=thu12:00',
  'open_at=thu12:00&hours=known',
  'open_at=sun23:30&open_for=60',
  'open_at=sat02:00',
  'open_at=thu11:00&open_within=180',
  'open_at=sun22:00&open_within=600&hours=known',
  'hours=known',
  'category=mexican',
  'category=Hot%20Dogs,coffee&facility=push_cart',
  'facility=truck&open_at=mon08:15',
  'open_now=true',
];
const SEARCHES = [
  'status=approved',
  'q=tacos',
  'q=coffee&status=any',
  'q=tea&lat=37.7893&lon=-122.4009&sort=distance',
  'status=any&sort=name',
];

describe.each([
  ['the sample', false],
  ['the permits of 2024 with the schedule of 2022', true],
])('filtering in the page equals filtering in the API: %s', (_name, real) => {
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

  it.skipIf(real && noSharedData).each(SEARCHES)('%s', async (unfiltered) => {
    const whole = await api(unfiltered);
    let hits = 0;
    for (const filter of FILTERS) {
      const query = `${unfiltered}&${filter}`;
      const { search } = parseUrlState(`?${query}`);
      expect(
        await api(
          new URLSearchParams(unfilteredSearch(parseUrlState(`?${query}`)) as Record<string, string>).toString(),
        ),
      ).toMatchObject({ hits: whole.hits });
      const theirs = await api(`${query}&strict=true&facets=category,facility,area,open`);
      const clientFilter = readFilter(search, { zone: whole.meta.timezone, now: Date.parse(theirs.query.at) });
      const ours = applyFilter(whole, clientFilter);
      expect([query, ours.hits, ours.locations]).toEqual([query, theirs.hits, theirs.locations]);
      hits += ours.hits;
      const branches = (trucks: readonly SearchResponse['trucks'][number][]) =>
        trucks.map(({ id, branches: all }) => `${id}: ${all.map((one) => one.id).sort()}`);
      const ordered = /sort=/.test(unfiltered) || !/open_/.test(filter);
      if (ordered) expect(branches(ours.trucks)).toEqual(branches(theirs.trucks));
      else expect(branches(ours.trucks).sort()).toEqual(branches(theirs.trucks).sort());
      for (const group of FILTER_GROUPS)
        expect([query, group, ours.counts[group]]).toEqual([query, group, theirs.facets[group]]);
    }
    expect(hits).toBeGreaterThan(0);
  });

  it.skipIf(real && noSharedData)('the histogram counts the vendors that are open in each hour', async () => {
    const { trucks } = await api('status=any');
    const counts = openPerHour(trucks, 3);
    for (const hour of [0, 3, 11, 12, 18, 23]) {
      // Opening hours in the data start and end on quarter hours, so four samples an hour are exact.
      const open = new Set<string>();
      for (const minute of [0, 15, 30, 45]) {
        const at = `thu${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        for (const { id } of (await api(`status=any&open_at=${at}&hours=known&strict=true`)).trucks) open.add(id);
      }
      expect([hour, counts[hour]]).toEqual([hour, open.size]);
    }
  });
});
