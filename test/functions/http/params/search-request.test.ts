import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { SearchFailure } from '../../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { town } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

async function search(params: string): Promise<SearchResponse> {
  const response = await appOf().request(`/search?${params}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json() as Promise<SearchResponse>;
}

async function faults(params: string): Promise<string[]> {
  const response = await appOf().request(`/search?${params}`);
  expect(response.status).toBe(400);
  const { problem } = (await response.json()) as SearchFailure;
  return problem.errors.map(({ parameter, detail }) => `${parameter} ${detail}`);
}

const names = (response: SearchResponse) => response.trucks.map(({ name }) => name);

// In the town it is 13:20 on a Thursday. Only well-1 has hours: Monday from 11 to 14.
describe('time', () => {
  it('is judged for every branch: whether it is open, when it closes and when it opens', async () => {
    const now = await search('q=burritos');
    expect(now.query).toMatchObject({ at: '2026-09-03T18:20:00.000Z', open: false });
    expect(now.trucks[0]?.branches.map(({ open }) => open)).toEqual([
      { state: 'closed', until: null, next: '2026-09-07T11:00-05:00', source: 'schedule' },
      { state: 'unknown', until: null, next: null, source: 'none' },
    ]);
    const monday = await search('q=burritos&open_at=mon12:00&hours=known');
    expect(monday.trucks[0]?.open).toEqual({
      state: 'open',
      until: '2026-09-07T14:00-05:00',
      next: null,
      source: 'schedule',
    });
  });

  it('filters out closed branches, and unknown ones with hours=known', async () => {
    const any = await search('q=burritos&open_now=true');
    expect(any.trucks[0]?.branches.map(({ id }) => id)).toEqual(['well-2']);
    const known = await search('q=burritos&open_at=mon12:00&hours=known');
    expect(known.trucks[0]?.branches.map(({ id }) => id)).toEqual(['well-1']);
    expect(await search('status=any&hours=known')).toMatchObject({ hits: 1, locations: 1 });
  });

  it('is the same in every notation', async () => {
    const monday = new Date('2026-09-07T12:00:00-05:00');
    const texts = [
      'mon12:00',
      '2026-09-07T12:00',
      '2026-09-07T12:00-05:00',
      '2026-09-07T17:00Z',
      String(+monday / 1000),
    ];
    for (const text of texts) {
      const { query, hits } = await search(`q=burritos&hours=known&open_at=${encodeURIComponent(text)}`);
      expect([query.at, hits], text).toEqual([monday.toISOString(), 1]);
    }
  });

  it('can require that a branch stays open', async () => {
    expect(await search('q=burritos&hours=known&strict=1&open_at=mon13:00&open_for=60')).toMatchObject({ hits: 1 });
    expect(await search('q=burritos&hours=known&strict=1&open_at=mon13:01&open_for=60')).toMatchObject({ hits: 0 });
    expect(await search('q=burritos&hours=known&strict=1&open_at=mon13:01&open_within=60')).toMatchObject({ hits: 1 });
  });

  it('must be valid, and set only once', async () => {
    expect(await faults('q=x&open_at=noonish')).toEqual([
      expect.stringMatching(/^open_at must be a time: .*got "noonish"$/),
    ]);
    expect(await faults('q=x&open_for=30')).toEqual(['open_for needs a time: open_now=true or open_at']);
    expect(await faults('q=x&open_within=30')).toEqual(['open_within needs a time: open_now=true or open_at']);
    expect(await faults('q=x&open_now&open_for=30&open_within=30')).toEqual([
      'open_within and open_for cannot be combined',
    ]);
    expect(await faults('open_now=1&open_at=wed12:00')).toEqual(['open_at and open_now=true cannot be combined']);
    expect(await faults('q=x&open_now=maybe')).toEqual(['open_now must be true or false, got "maybe"']);
  });
});

describe('filters', () => {
  it('accept several values, by comma or repeated, in any spelling', async () => {
    for (const params of [
      'facility=push_cart',
      'facility=Push Cart',
      'facility=boat,push-cart',
      'facility=boat&facility=PUSH_CART',
    ]) {
      expect(names(await search(params))).toEqual(['Crème Brûlée Cart']);
    }
    expect(names(await search('area=old+town'))).toEqual(['Taco by the Well']);
    expect(names(await search('area=harbour,"Old, Town"'))).toEqual(['Taco by the Well']);
    expect(await search('area=old, town')).toMatchObject({ hits: 0, query: { area: ['old', 'town'] } });
    expect((await search('q=tacos&facets=facility,area')).facets).toEqual({
      facility: [{ value: 'truck', count: 2 }],
      area: [{ value: 'Old Town', count: 1 }],
    });
  });

  it('find nothing for unknown values, and are not relaxed', async () => {
    expect(await search('q=tacos&area=atlantis')).toMatchObject({ hits: 0, relaxed: [] });
    expect(await faults('area="old')).toEqual([expect.stringMatching(/^area must be .* quote a name .*, got ""old/)]);
    expect(await faults('q=x&facets=colour')).toEqual([
      expect.stringMatching(/^facets must be one or more of category/),
    ]);
  });
});

describe('forgiving parameters', () => {
  it('reads a flag without a value as true, on the next page too, and an empty one as not given', async () => {
    const flagged = await appOf().request('/search?q=burritos&hours=known&open_now&strict');
    expect(await flagged.json()).toMatchObject({ hits: 0, query: { open: true } });
    expect((await search('q=burritos&open_now=')).query.open).toBe(false);
    const first = await appOf().request('/search?status=any&limit=1&strict');
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect((await appOf().request(next)).status).toBe(200);
  });

  it('reads a box of six numbers, without its heights', async () => {
    const { query } = await search('bbox=-101,39,-10,-99,41,100');
    expect(query.bbox).toEqual([-101, 39, -99, 41]);
    expect(await faults('bbox=-101,39,x,-99,41,100')).toEqual([expect.stringMatching(/^bbox must be/)]);
    expect(await faults('bbox=-101,39,-99,41,5')).toEqual([expect.stringMatching(/^bbox must be/)]);
  });

  it('warns about a box that goes around the globe, but not at the 180th meridian', async () => {
    expect((await search('bbox=-99,39,-101,41')).warnings).toContainEqual(
      expect.stringMatching(/^bbox: minLon -99 is/),
    );
    expect((await search('bbox=179,-20,-179,-10&q=zzz&strict=true')).warnings.join()).not.toContain('bbox');
  });
});

describe('a search that finds nothing', () => {
  it.each([
    ['tacoz', 'tacos', 2],
    ['BURITOS', 'burritos', 1],
    ['tacos zzz', 'tacos', 2],
    ['zzz burritos yyy', 'burritos', 1],
    ['creme bruleee', 'creme brulee', 1],
  ])('%s is relaxed to %s, and the response says so', async (q, to, hits) => {
    const response = await search(`q=${q}`);
    expect(response).toMatchObject({ hits, relaxed: [{ param: 'q', from: q, to, hits }] });
    expect(response.warnings).toContain(`nothing matched q ${q}: searched for ${to} instead`);
    expect(await search(`q=${q}&strict=true`)).toMatchObject({ hits: 0, relaxed: [] });
  });

  it('drops the time before it widens a radius, and says so', async () => {
    expect(await search('q=burritos&hours=known&open_at=sun03:00')).toMatchObject({
      hits: 1,
      relaxed: [{ param: 'open_at', to: null }],
    });
    const far = await search('q=far&lat=40&lon=-100&radius=2000');
    expect(far).toMatchObject({ hits: 1, relaxed: [{ param: 'radius', from: '2000', to: '16000', hits: 1 }] });
    expect(far.query.radius).toBe(16_000);
    expect(far.warnings.join()).toContain('radius 2000: searched for 16000 instead');
  });

  it('stays empty if no relaxation finds anything', async () => {
    expect(await search('q=xylophone&lat=40&lon=-100&radius=500')).toMatchObject({ hits: 0, trucks: [], relaxed: [] });
  });
});

describe('pages', () => {
  it('follow the Link header to the end, each vendor once', async () => {
    const unpaged = await search('bbox=-101,39,-99,41&sort=name');
    const walked: string[] = [];
    let next: string | undefined = '/search?bbox=-101,39,-99,41&sort=name&limit=2';
    while (next) {
      const response = await appOf().request(next);
      const page = (await response.json()) as SearchResponse;
      walked.push(...names(page));
      next = /^<(.*)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1];
      expect(next !== undefined).toBe(page.page.cursor !== null);
    }
    expect(walked).toEqual(names(unpaged));
  });

  it('keep the time of the first page', async () => {
    const first = await search('status=any&open_now=true&limit=1');
    const later = await appOf(undefined, [], '2026-09-05T03:00:00Z').request(
      `/search?status=any&open_now=true&limit=1&cursor=${first.page.cursor}`,
    );
    expect(((await later.json()) as SearchResponse).query.at).toBe(first.query.at);
  });

  it('require a valid cursor of the same parameters and the same data', async () => {
    const { page } = await search('status=any&limit=1');
    expect(await faults('status=any&limit=1&cursor=abc')).toEqual([expect.stringMatching(/^cursor must be the text/)]);
    expect(await faults(`status=any&limit=2&cursor=${page.cursor}`)).toEqual([
      expect.stringMatching(/^cursor belongs to other/),
    ]);
    const newer = { ...town(), version: '2026-09-04-new' };
    const gone = await appOf(openEmbedded(newer)).request(`/search?status=any&limit=1&cursor=${page.cursor}`);
    expect(gone.status).toBe(410);
    expect(((await gone.json()) as SearchFailure).problem.errors[0]?.detail).toContain('2026-09-04-new');
  });
});

describe('a response', () => {
  it('highlights the words that match', async () => {
    const { trucks } = await search('q=horch taco well');
    expect(trucks[0]?.highlights).toEqual({
      fooditems: [[0, [0, 5]]],
      name: [
        [0, 4],
        [12, 16],
      ],
    });
    const prefix = await search('q=horch');
    expect(prefix.trucks[0]?.highlights.fooditems).toEqual([[2, [0, 8]]]);
  });

  it('explains scores with explain', async () => {
    const { trucks } = await search('q=taco&lat=40&lon=-100&explain=1');
    // Exact in the name (quality 10 x weight 3), 100 m away.
    expect(trucks[0]?.explain).toMatchObject({
      branch: 'well-1',
      score: 30,
      text: 30,
      geo: 1,
      open: 1,
      words: [{ word: 'taco', matched: 'taco', field: 'name', quality: 'exact', worth: 30 }],
      sentence: '"taco" is in its name; it is right here (100 m)',
    });
    // A stem in name and items (9 x 3) at 9 km: the floor of 2^-10 is reached at 8150 m.
    expect(trucks[1]?.explain).toMatchObject({ text: 27, geo: 2 ** -10, score: 27 / 1024 });
    expect((await search('q=taco')).trucks[0]?.explain).toBeNull();
  });

  it('has only the requested keys with fields', async () => {
    const { trucks, warnings } = await search('q=tacos&fields=items,colour');
    expect(trucks.map((truck) => Object.keys(truck).sort())).toEqual([
      ['id', 'items', 'name'],
      ['id', 'items', 'name'],
    ]);
    expect(warnings.join()).toContain('colour');
  });
});
