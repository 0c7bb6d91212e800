import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { Problem } from '../../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import type { TruckDetailsResponse } from '../../../../functions/http/openapi/schemas/truck-details.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

describe('/trucks/{id}', () => {
  it('has the truck of /search with all of its branches', async () => {
    const { trucks } = (await (await appOf().request('/search?q=burritos')).json()) as SearchResponse;
    const { truck } = (await (await appOf().request(`/trucks/${trucks[0]?.id}`)).json()) as TruckDetailsResponse;
    expect(truck).toEqual({ ...trucks[0], highlights: { fooditems: [], name: [] } });
  });

  it('has branches whatever the status of their permits', async () => {
    const { truck, meta, attribution } = (await (
      await appOf().request('/trucks/expired-tacos')
    ).json()) as TruckDetailsResponse;
    expect(truck.branches.map(({ status }) => status)).toEqual(['expired']);
    expect([meta.data_version, attribution.license]).toEqual(['2026-09-01-town', 'CC0']);
  });

  it('warns about an unknown parameter', async () => {
    const { warnings } = (await (
      await appOf().request('/trucks/far-tacos?utm_source=x')
    ).json()) as TruckDetailsResponse;
    expect(warnings).toEqual(['unknown parameter "utm_source" was ignored']);
  });

  it('has a calendar of all places, or of one', async () => {
    const hours = { source: 'schedule', text: 'Mo:11AM-2PM', week: [[660, 840]], complete: true } as const;
    const places = [branch('one-1', 0, 0, { hours }), branch('one-2', 0, 500, { hours, address: '2 WELL ST' })];
    const app = appOf(openEmbedded(town([vendor('One', ['Tacos'], places)])));
    const linesOf = async (query: string) =>
      (await (await app.request(`/trucks/one.ics${query}`)).text()).replaceAll('\r\n ', '').split('\r\n');
    const locations = (lines: string[]) => lines.filter((line) => line.startsWith('LOCATION:'));
    const [all, one] = [await linesOf(''), await linesOf('?place=one-2')];
    expect([locations(all), locations(one)]).toEqual([
      ['LOCATION:1 WELL ST\\, Oasis', 'LOCATION:2 WELL ST\\, Oasis'],
      ['LOCATION:2 WELL ST\\, Oasis'],
    ]);
    expect([all[5], one[5]]).toEqual(['NAME:One: Oasis', 'NAME:One\\, 2 WELL ST: Oasis']);
    // The same events: a subscriber of both sees each once.
    const uids = (lines: string[]) => lines.filter((line) => line.startsWith('UID:'));
    expect(uids(all)).toEqual(expect.arrayContaining(uids(one)));
  });

  it.each(['nowhere', '"><script>', 'one-1'])('has no calendar of %s, which is not its place', async (place) => {
    const response = await appOf().request(`/trucks/far-tacos.ics?place=${encodeURIComponent(place)}`);
    expect(response.status).toBe(404);
    expect(((await response.json()) as Problem).detail).toContain(`Truck "far-tacos" has no place "${place}"`);
  });

  it('refuses an endless place', async () => {
    const response = await appOf().request(`/trucks/far-tacos.ics?place=${'x'.repeat(101)}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as Problem).detail).toContain('place must be at most 100 characters');
  });

  it.each([
    '/trucks/nobody',
    '/trucks/nobody.ics',
    '/trucks/%E0%A4%A',
    '/trucks/%00',
    '/trucks/__proto__',
    '/trucks/.ics',
  ])('%s is a 404 with its name', async (path) => {
    const response = await appOf().request(path);
    expect(response.status).toBe(404);
    expect(((await response.json()) as Problem).detail).toMatch(/There is no truck "|does not exist/);
  });

  it('is a 404 for any unknown text', async () => {
    const app = appOf();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (id) => {
        const response = await app.request(`/trucks/x${encodeURIComponent(id)}`);
        expect(response.status).toBe(404);
      }),
    );
  });
});
