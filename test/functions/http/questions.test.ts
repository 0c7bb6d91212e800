import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { appOf } from './app-of.ts';

async function search(params: Readonly<Record<string, string>>): Promise<SearchResponse> {
  const response = await appOf().request(`/search?${new URLSearchParams(params)}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json() as Promise<SearchResponse>;
}

const names = ({ trucks }: SearchResponse) => trucks.map(({ name }) => name);
const WELL = { lat: '40', lon: '-100' };

describe('a question', () => {
  it('says in `query` how each of its parts was understood', async () => {
    const { query } = await search({ q: 'best tacos without burritos near me', ...WELL });
    expect(query.understood).toEqual([
      { text: 'best', as: 'optional', means: [] },
      { text: 'tacos', as: 'word', means: [] },
      { text: 'without burritos', as: 'excluded', means: ['burritos'] },
      { text: 'near me', as: 'near_me', means: [] },
    ]);
  });

  it('leaves out vendors with what it excludes, and with `exclude`', async () => {
    expect(names(await search({ q: 'tacos', sort: 'name' }))).toEqual(['Far Tacos', 'Taco by the Well']);
    for (const params of [
      { q: 'tacos without burritos' },
      { q: 'tacos -burritos' },
      { q: 'tacos sin burritos' },
      { q: 'tacos', exclude: 'burritos' },
      { q: 'tacos', exclude: 'ice cream,burritos' },
    ]) {
      expect(names(await search(params)), JSON.stringify(params)).toEqual(['Far Tacos']);
    }
    expect(names(await search({ exclude: 'tacos', sort: 'name' }))).not.toContain('Far Tacos');
  });

  it('sorts by distance for "near me" with a place, unless `sort` is given', async () => {
    const far = { lat: String(40 + 9000 / 111_195), lon: '-100' };
    expect((await search({ q: 'tacos near me', ...far })).query.sort).toBe('distance');
    expect(names(await search({ q: 'tacos near me', ...far }))[0]).toBe('Far Tacos');
    expect((await search({ q: 'tacos near me', sort: 'name', ...far })).query.sort).toBe('name');
  });

  it('warns that "near me" needs a place', async () => {
    const { query, hits, warnings } = await search({ q: 'tacos near me' });
    expect([query.sort, hits]).toEqual(['best', 2]);
    expect(warnings).toContainEqual(expect.stringMatching(/^q: give lat and lon/));
  });

  it('keeps what is open for "open now", unless a time is given', async () => {
    // The town's clocks show 13:20 on a Thursday, and well-1 is open on Monday only.
    const now = await search({ q: 'burritos open now', hours: 'known', strict: 'false' });
    expect(now.query.q).toBe('burritos open now');
    expect(now.relaxed.map(({ param }) => param)).toEqual(['open_at']);
    const monday = await search({ q: 'burritos open now', hours: 'known', open_at: 'mon12:00' });
    expect([monday.hits, monday.query.open, monday.relaxed]).toEqual([1, true, []]);
  });

  it('requires a quoted phrase, and keeps every word with strict=true', async () => {
    expect((await search({ q: '"hot dogs"' })).hits).toBe(1);
    expect((await search({ q: '"dogs hot"', strict: 'true' })).hits).toBe(0);
    expect((await search({ q: 'best tacos', strict: 'true' })).hits).toBe(0);
    expect((await search({ q: 'best tacos' })).hits).toBe(2);
  });

  it('names the words that a vendor lacks when the search was relaxed', async () => {
    const { trucks, relaxed } = await search({ q: 'tacos nosuchword' });
    expect(relaxed).toEqual([{ param: 'q', from: 'tacos nosuchword', to: 'tacos', hits: 2 }]);
    expect(trucks.map(({ missing }) => missing)).toEqual([['nosuchword'], ['nosuchword']]);
    expect((await search({ q: 'tacos' })).trucks.map(({ missing }) => missing)).toEqual([[], []]);
  });

  it('requires eight words at most, and names the others in a warning', async () => {
    const { hits, warnings } = await search({ q: 'taco tacos well burritos horchata old town st aaaa bbbb cccc' });
    expect(warnings).toContainEqual(expect.stringMatching(/^q: only 8 words are required; .*"cccc"/));
    expect(hits).toBeGreaterThanOrEqual(0);
  });
});
