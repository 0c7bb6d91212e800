import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import type { SuggestResponse } from '../../../../functions/http/openapi/schemas/suggest.ts';
import { writeCommaList } from '../../../../functions/model/comma-list.ts';
import { tokens } from '../../../../functions/model/text/tokenizer.ts';
import type { City } from '../../../../seed/city.ts';
import { sanFrancisco, vancouver } from '../../../fixtures/cities.ts';
import { noSharedData } from '../../../fixtures/shared-data.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { LOADS, loadFiles, type Sources, VANCOUVER } from '../../../seed/load-snapshot.ts';
import { appOf } from '../app-of.ts';

/** What is typed: the beginnings of all words of the data, up to this length. */
const LONGEST_TYPED = 4;

const sample = (name: string) => fileURLToPath(new URL(`../../../../seed/sample/${name}.csv`, import.meta.url));
const cities: readonly (readonly [name: string, city: City, sources: Sources])[] = [
  ['the sample', sanFrancisco, { permits: sample('permits'), schedule: sample('schedule') }],
  ...(noSharedData
    ? []
    : [
        ...LOADS.slice(-2).map(([name, sources]) => [`the permits of ${name}`, sanFrancisco, sources] as const),
        ['the vendors of another city', vancouver, { permits: VANCOUVER[0] ?? '' }] as const,
      ]),
];

describe.each(cities)('each suggestion in %s', (_name, city, sources) => {
  it('has the count of the search that a press makes, and those that begin with the text come first', async () => {
    const { release } = await loadFiles(city, sources);
    const app = appOf(openEmbedded(release));
    const get = async <Answer>(path: string) => (await (await app.request(path)).json()) as Answer;
    const texts = release.vendors.flatMap(({ name, items, branches }) => [
      name,
      ...items,
      ...branches.flatMap(({ area }) => area ?? []),
    ]);
    const typed = new Set(
      texts.flatMap((text) =>
        tokens(text).flatMap((word) => [1, 2, LONGEST_TYPED].map((length) => word.slice(0, length))),
      ),
    );
    const hits = new Map<string, number>();
    const wrong: unknown[] = [];
    let compared = 0;
    for (const q of typed) {
      const { suggestions } = await get<SuggestResponse>(`/suggest?${new URLSearchParams({ q })}`);
      const begins = suggestions.map(({ text }) => tokens(text).join(' ').startsWith(q));
      if (begins.includes(false) && begins.lastIndexOf(true) > begins.indexOf(false)) {
        wrong.push([q, suggestions.map(({ text }) => text)]);
      }
      for (const { type, text, count } of suggestions) {
        const params = new URLSearchParams(type === 'area' ? { area: writeCommaList([text]) } : { q: text });
        const key = params.toString();
        const found = hits.get(key) ?? (await get<SearchResponse>(`/search?${key}&limit=1`)).hits;
        hits.set(key, found);
        compared++;
        if (count !== found || count === 0) wrong.push([q, type, text, count, found]);
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(typed.size);
  });
});

describe('a suggestion that cannot be searched for', () => {
  it('is left out', async () => {
    const long = 'tamales '.repeat(14).trim();
    const app = appOf(openEmbedded(town([vendor('Corner', [long, 'Tamales'], [branch('b', 0, 0)])])));
    const answer = (await (await app.request('/suggest?q=tam')).json()) as SuggestResponse;
    expect(answer.suggestions.map(({ text }) => text)).toEqual(['Tamales']);
  });
});
