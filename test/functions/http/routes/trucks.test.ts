import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import type { TruckDetailsResponse } from '../../../../functions/http/openapi/schemas/truck-details.ts';
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
