import { describe, expect, it } from 'vitest';
import type { SearchFailure } from '../../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { appOf } from '../app-of.ts';

async function search(params: string): Promise<SearchResponse> {
  const response = await appOf().request(`/search?${params}`);
  expect(response.status).toBe(200);
  return response.json() as Promise<SearchResponse>;
}

const names = (response: SearchResponse) => response.trucks.map((truck) => truck.name);

describe('the original app’s response', () => {
  it('keeps its keys and types', async () => {
    const { status, hits, locations, trucks } = await search('q=burritos');
    expect({ status, hits, locations }).toEqual({ status: 'success', hits: 1, locations: 2 });
    expect(trucks[0]).toMatchObject({
      name: 'Taco by the Well',
      fooditems: ['tacos', 'burritos', 'horchata'],
      drinks: false,
      branches: [
        {
          hours: 'Mo-Fr:11AM-2PM',
          schedule: 'https://town.example/permits/well-1',
          address: '1 WELL ST',
          location: { latitude: '40', longitude: expect.stringMatching(/^-99\.998/) },
        },
        { hours: 'NA', address: '90 01ST ST' },
      ],
    });
  });

  it('has NA for missing values', async () => {
    const { trucks } = await search('q=coffee');
    expect(trucks[0]).toMatchObject({ drinks: true, branches: [{ hours: 'NA', schedule: 'NA', address: 'NA' }] });
  });

  it('fails without a query as before, but with a 400', async () => {
    for (const path of ['/search', '/search?q=', '/search?q=%20&radius=', '/search?utm_source=x']) {
      const response = await appOf().request(path);
      expect(response.status).toBe(400);
      const body = (await response.json()) as SearchFailure;
      expect(body).toMatchObject({ status: 'failure', msg: 'Please provide a query', problem: { status: 400 } });
    }
  });

  it('has /debug', async () => {
    const response = await appOf().request('/debug');
    expect(await response.json()).toEqual({
      status: 'success',
      msg: 'embedded town 2026-09-01-town: 6 vendors, 8 locations',
    });
  });
});

describe('words', () => {
  it.each([
    ['tacos', ['Far Tacos', 'Taco by the Well']],
    ['TACO', ['Taco by the Well', 'Far Tacos']],
    ['taco burrito', ['Taco by the Well']],
    ['tacos coffee', []],
    ['creme brulee', ['Crème Brûlée Cart']],
    ['CRÈME', ['Crème Brûlée Cart']],
    ['papas hot dog', ['Papa’s Hot Dogs']],
    ["Papa's", ['Papa’s Hot Dogs']],
    ['burrito 1st st', ['Taco by the Well']],
    ['horch', ['Taco by the Well']],
    ['horch taco', []],
    ['!!!', []],
  ])('%s', async (q, expected) => {
    const response = await search(`q=${encodeURIComponent(q)}&strict=true`);
    expect(names(response)).toEqual(expected);
    expect(response.hits).toBe(expected.length);
  });

  it('must all match one branch: the address of another branch does not count', async () => {
    const response = await search('q=burritos%2001st%20st');
    expect(response.trucks[0]?.branches.map(({ id }) => id)).toEqual(['well-2']);
    expect(response.locations).toBe(1);
  });
});

describe('filters and order', () => {
  it('put the nearest vendor first, and the nearest branch before the others', async () => {
    const response = await search('q=tacos&lat=40&lon=-99.9648&sort=distance');
    expect(response.trucks[0]).toMatchObject({ nearest: 'well-2', distance_m: expect.any(Number) });
    expect(response.trucks[0]?.branches.map(({ id }) => id)).toEqual(['well-2', 'well-1']);
  });

  it('apply to branches: a vendor is left out with its last branch', async () => {
    const response = await search('q=tacos&lat=40&lon=-100&radius=1000');
    expect(response).toMatchObject({ hits: 1, locations: 1 });
    expect(response.trucks[0]?.branches.map(({ id }) => id)).toEqual(['well-1']);
  });

  it('need no words with a box, and count everything whatever the limit', async () => {
    const all = await search('bbox=-101,39,-99,41');
    const one = await search('bbox=-101,39,-99,41&limit=1');
    expect(all).toMatchObject({ hits: 5, locations: 7, page: { returned: 5 } });
    expect(one).toMatchObject({ hits: 5, locations: 7, page: { limit: 1, returned: 1 } });
    expect(one.warnings).toEqual([expect.stringContaining('1 of 5 vendors')]);
  });

  it('include permits of every status only on request', async () => {
    expect(names(await search('q=tacos&status=any'))).toContain('Expired Tacos');
    expect(names(await search('q=tacos&status=EXPIRED'))).toEqual(['Expired Tacos']);
  });

  it('round the origin to 4 decimals and return it', async () => {
    const { query } = await search('q=tacos&latitude=40.00004999&lng=-100.00005001');
    expect([query.lat, query.lon]).toEqual([40, -100.0001]);
  });
});
