import type { CheckInput, UrlCheck } from './check.ts';
import { expect } from './check-outcome.ts';
import type { SearchAnswer } from './edge-client.ts';

/** What of the query of a search arrived at the function, as its answer repeats it. */
async function arrived({ edge }: CheckInput, query: string): Promise<SearchAnswer['query']> {
  return (await edge.json<SearchAnswer>(`/search?${query}`)).query;
}

/** The signature that CloudFront adds covers the query and the path, so a different encoding on the way is a 403 of Lambda. */
const SIGNED = 'CloudFront signs the query and the path as Lambda reads them';

export const QUERY_CHECKS: readonly UrlCheck[] = [
  {
    name: 'a plus sign in the query is a space',
    proves: SIGNED,
    needs: 'url',
    run: async (input) => {
      for (const q of ['fish+tacos', 'fish%20tacos']) {
        const { q: text } = await arrived(input, `q=${q}&limit=1`);
        expect(text === 'fish tacos', `q=${q} arrived as "${text}"`);
      }
      return 'q=fish+tacos and q=fish%20tacos are the same question';
    },
  },
  {
    name: 'commas arrive, encoded or not',
    proves: SIGNED,
    needs: 'url',
    run: async (input) => {
      for (const list of ['mexican,coffee', 'mexican%2Ccoffee']) {
        const { category } = await arrived(input, `q=tacos&category=${list}&limit=1`);
        expect(category.join() === 'mexican,coffee', `category=${list} arrived as "${category.join()}"`);
      }
      return undefined;
    },
  },
  {
    name: 'repeated keys arrive all, in their order',
    proves: SIGNED,
    needs: 'url',
    run: async (input) => {
      const { category } = await arrived(input, 'category=mexican&q=tacos&category=coffee&limit=1');
      expect(category.join() === 'mexican,coffee', `two categories arrived as "${category.join()}"`);
      return undefined;
    },
  },
  {
    name: 'characters outside of ASCII arrive in the query',
    proves: SIGNED,
    needs: 'url',
    run: async (input) => {
      const { q } = await arrived(input, 'q=caf%C3%A9&limit=1');
      expect(q === 'café', `q=caf%C3%A9 arrived as "${q}"`);
      return undefined;
    },
  },
  {
    name: 'characters outside of ASCII arrive in the path',
    proves: SIGNED,
    needs: 'url',
    run: async ({ edge }) => {
      const { status, body } = await edge.get('/trucks/caf%C3%A9');
      expect(status === 404 && body.includes('café'), `/trucks/caf%C3%A9: ${status} ${body.slice(0, 200)}`);
      return undefined;
    },
  },
  {
    name: 'every parameter is part of the cache key',
    proves: 'two questions never share an answer at the edge',
    needs: 'url',
    run: async (input) => {
      for (const limit of [1, 2, 1]) {
        const { limit: got } = await arrived(input, `q=tacos&strict=true&limit=${limit}`);
        expect(got === limit, `limit=${limit} got the answer to limit=${got}`);
      }
      return undefined;
    },
  },
];
