import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import type { GeojsonResponse } from '../../../functions/http/openapi/schemas/geojson.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import type { Release } from '../../../functions/model/release.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { LOADS, loadFiles } from '../../seed/load-snapshot.ts';
import { appOf } from './app-of.ts';

const QUERIES = [
  'q=tacos',
  'q=hot+dog&explain=1&facets=category,facility,area,open',
  'q=tacoz&open_at=sun03:00',
  'lat=37.7893&lon=-122.4009&radius=800&sort=distance',
  'status=any&sort=name&limit=7&fields=branches',
  'q=xyzzy&strict=true',
  'open_now=true&open_for=30&hours=known',
  'bbox=-122.41,37.78,-122.39,37.80&limit=1&format=geojson',
];

describe.skipIf(noSharedData).each(LOADS)('the snapshot of %s', (_name, sources) => {
  let release: Release;
  let app: ReturnType<typeof appOf>;
  beforeAll(async () => {
    ({ release } = await loadFiles(sanFrancisco, sources));
    app = appOf(openEmbedded(release));
  });

  it('is served as the document says', async () => {
    for (const query of QUERIES) expect((await app.request(`/search?${query}`)).status).toBe(200);
    for (const q of ['', 't', 'mission', 'coffee sh']) expect((await app.request(`/suggest?q=${q}`)).status).toBe(200);
    for (const path of ['/meta', '/debug', '/readyz']) expect((await app.request(path)).status).toBe(200);
    for (const { id } of release.vendors) expect((await app.request(`/trucks/${id}`)).status).toBe(200);
  });

  it('is the same in every format', async () => {
    const all = 'status=any&sort=name';
    const json = (await (await app.request(`/search?${all}`)).json()) as SearchResponse;
    const geojson = (await (await app.request(`/search?${all}&format=geojson`)).json()) as GeojsonResponse;
    const csv: { id: string }[] = parse(await (await app.request(`/search?${all}&format=csv`)).text(), {
      columns: true,
    });
    const ids = json.trucks.flatMap(({ branches }) => branches.map(({ id }) => id));
    expect(ids.length).toBe(release.vendors.reduce((sum, { branches }) => sum + branches.length, 0));
    expect(geojson.features.map(({ id }) => id)).toEqual(ids);
    expect(csv.map(({ id }) => id)).toEqual(ids);
  });

  it('has calendars with all permitted minutes of a week, and no others', async () => {
    for (const vendor of release.vendors) {
      const text = await (await app.request(`/trucks/${vendor.id}.ics`)).text();
      const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
      const minutes = events
        .filter((event) => !event.hasProperty('recurrence-id'))
        .map((event) => {
          const rule = event.getFirstPropertyValue('rrule') as ICAL.Recur;
          return (new ICAL.Event(event).duration.toSeconds() / 60) * (rule.parts.BYDAY?.length ?? 0);
        });
      const permitted = vendor.branches
        .filter(({ status }) => status === 'approved')
        .flatMap(({ hours }) => hours.week.map(([start, end]) => end - start));
      expect([vendor.id, sum(minutes)]).toEqual([vendor.id, sum(permitted)]);
    }
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
