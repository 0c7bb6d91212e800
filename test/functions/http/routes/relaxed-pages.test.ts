import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { appOf } from '../app-of.ts';

const app = appOf();

async function search(params: string): Promise<SearchResponse> {
  const response = await app.request(`/search?${params}`);
  expect(response.status).toBe(200);
  return response.json() as Promise<SearchResponse>;
}

describe('the pages of a relaxed search', () => {
  it.each([
    ['typos', 'q=tacoz'],
    ['a missing word', 'q=tacos+pancakes'],
    ['the time', 'q=tacos&open_at=mon03:00&hours=known'],
    ['the place', 'q=tacos&lat=40&lon=-100&radius=20'],
    ['nothing to find', 'q=xyzzy'],
  ])('are all of the same relaxed search: %s', async (_title, params) => {
    const all = await search(params);
    const ids: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await search(`${params}&limit=1${cursor}`);
      expect([page.hits, page.relaxed]).toEqual([all.hits, all.relaxed]);
      ids.push(...page.trucks.map(({ id }) => id));
      if (!page.page.cursor) break;
      cursor = `&cursor=${page.page.cursor}`;
    }
    expect(ids).toEqual(all.trucks.map(({ id }) => id));
    expect(all.relaxed.length > 0).toBe(all.hits > 0);
  });
});
