import type { CheckInput, UrlCheck } from './check.ts';
import { expect, SkippedError } from './check-outcome.ts';
import type { SearchAnswer } from './edge-client.ts';

type Cities = { readonly cities: readonly { readonly id: string; readonly page: string }[] };

/** A check of each city that is below a folder of its own. It is skipped if there is none. */
async function eachOtherCity({ edge }: CheckInput, check: (id: string) => Promise<void>): Promise<string> {
  const { cities } = await edge.json<Cities>('/cities');
  const ids = cities.slice(1).map(({ id }) => id);
  if (ids.length === 0) throw new SkippedError('the deployment has one city');
  for (const id of ids) await check(id);
  return ids.join(', ');
}

export const CITY_CHECKS: readonly UrlCheck[] = [
  {
    name: "each city's page is below its folder, with its own mark and with its files",
    proves: 'the behaviors with a wildcard, and the function that removes the folder',
    needs: 'url',
    run: (input) =>
      eachOtherCity(input, async (id) => {
        const { edge } = input;
        const { status, body } = await edge.get(`/${id}/`);
        expect(status === 200 && body.includes(`data-city="${id}"`), `/${id}/: ${status}, not the page of ${id}`);
        const script = /assets\/[\w-]+\.js/.exec(body)?.[0] ?? 'assets/none.js';
        for (const file of [script, 'worker.js', 'manifest.webmanifest']) {
          const answer = await edge.get(`/${id}/${file}`);
          expect(answer.status === 200, `/${id}/${file}: ${answer.status}`);
        }
        const { status: moved, headers } = await edge.get(`/${id}`);
        expect(moved === 308 && headers.location === `/${id}/`, `/${id}: ${moved} to ${headers.location}`);
      }),
  },
  {
    name: "each city's searches are answered from its own data",
    proves: 'paths below a city reach the function unchanged, and the function reads the data of each city',
    needs: 'url',
    run: async (input) => {
      const { edge } = input;
      const { meta: first } = await edge.json<SearchAnswer>('/search?q=tacos&limit=1');
      return eachOtherCity(input, async (id) => {
        const { meta } = await edge.json<SearchAnswer>(`/${id}/search?q=tacos&limit=1`);
        const { meta: named } = await edge.json<SearchAnswer>(`/search?q=tacos&limit=1&city=${id}`);
        expect(meta.data_version !== first.data_version, `/${id}/search answers from the data of the first city`);
        expect(meta.data_version === named.data_version, `?city=${id} answers from other data than /${id}/search`);
      });
    },
  },
];
