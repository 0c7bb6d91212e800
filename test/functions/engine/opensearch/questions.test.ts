import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../functions/engine/engine.ts';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import type { SearchQuery, SearchResult } from '../../../../functions/model/query.ts';
import { streetFoodSynonyms } from '../../../../seed/food/synonyms.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { openScan } from '../linear-scan/search.ts';
import { noCluster, type Scratch, scratch } from './cluster.ts';

const FOODS: readonly (readonly [name: string, ...items: string[]])[] = [
  ['Taco Stand', 'Fish tacos', 'Rice and beans', '7-Up'],
  ['Te Amo', 'Tacos', 'Pork carnitas', 'Café con leche'],
  ['Sin City Burgers', 'Hamburgers', 'Bacon', 'Coca-Cola'],
  ['Hot Dog Cart', 'Hot dogs', 'Hot tea', 'Ice cream'],
  ['Hot Peppers', 'Peppers, hot', 'Dog biscuits', 'Ices, cream'],
  ['Green Bowl', 'Vegan tacos', 'Gluten-free bread', 'Salad'],
  ['Gluten House', 'Bread with gluten', 'Free refills', 'Vegetarian burritos'],
  ['寿司屋', '寿司', 'Fish', '热狗'],
  ['Best Food Truck', 'Mac and cheese', 'B.L.T.', 'Halal chicken'],
  ['Onion Rings', 'Onion rings', 'Up to 7 cups of tea', 'Seven up'],
];

const QUESTIONS = [
  ...['', '!?', 'tacos', 'taco', 'fish tacos', 'te tacos', 'te', 'x tacos', 'best food', 'best tacos', 'tacos near me'],
  ...['hot dogs', '"hot dogs"', '"hot dog" tea', '-"hot dog"', 'hot -dogs', '"dogs hot"', 'ice cream', 'icecream'],
  ...[
    'tacos no pork',
    'no meat',
    'tacos without onions or bacon',
    'no well',
    'sin city',
    'sin cerdo',
    'tacos sin pescado',
  ],
  ...['vegan tacos', 'vegan burritos', 'gluten free bread', 'gluten-free', 'halal tacos', 'vegetarian tacos fish te'],
  ...[
    '7up',
    '7-up',
    '7 up',
    'up 7',
    'coca-cola',
    'cocacola',
    'coca cola',
    'blt',
    'b.l.t.',
    'mac and cheese',
    'cheese mac',
  ],
  ...[
    '寿司',
    '寿司屋',
    '热狗',
    '不要猪肉 tacos',
    'хот-дог',
    'без свинины',
    'tacso',
    'vegna tacso',
    '"tacso"',
    'hamburgr fihs',
  ],
  ...[
    'chicken beef pork rice beans cheese fries soup salad halal',
    '16 st',
    'well st tacos',
    'tacos horchata pancakes',
  ],
];

describe.skipIf(noCluster)('a question to a real cluster', () => {
  const vendors = FOODS.map(([name, ...items], at) => {
    const branches = [
      branch(`${at}-a`, at, 0, { area: 'Old Town' }),
      branch(`${at}-b`, at, 9, { address: '90 16TH ST' }),
    ];
    return vendor(name, items, branches, { id: `vendor-${at}`, categories: at % 3 === 0 ? ['mexican'] : ['hot_dogs'] });
  });
  const plain = town(vendors);
  const release = { ...plain, city: { ...plain.city, synonyms: streetFoodSynonyms } };
  const scan = openScan(release);
  let cluster: Scratch;
  let engine: Engine;
  beforeAll(async () => {
    cluster = scratch();
    await cluster.sink.publish(release, {});
    engine = openOpenSearch(cluster.client, cluster.alias)();
  });
  afterAll(() => cluster?.close());

  /** Scores of texts alone are whole numbers, so that the results are the same to the last digit. */
  async function expectScanResult(query: Partial<SearchQuery>): Promise<SearchResult> {
    const asked: SearchQuery = { ...ANYTHING, facets: ['category', 'area'], ...query };
    const expected = await scan.search(asked);
    expect(await engine.search(asked), JSON.stringify(query)).toEqual(expected);
    return expected;
  }

  it.each(QUESTIONS)('returns what the scan returns: %s', async (text) => {
    const variants = [0, 1, 2, 3].flatMap((mayLack) => [
      { text, mayLack },
      { text, mayLack, typos: true },
      { text, mayLack, strict: true, exclude: ['pork'] },
      { text, mayLack, exclude: ['hot dogs', '7-up'], category: ['mexican'] },
    ]);
    await Promise.all(variants.map((query) => expectScanResult(query)));
  });

  it('drops the vendors that have what is excluded, but not those of a street or an area of that name', async () => {
    const { vendors: all } = await expectScanResult({});
    expect((await expectScanResult({ exclude: ['old town', '16th'] })).vendors).toBe(all);
    expect((await expectScanResult({ exclude: ['tacos'] })).vendors).toBe(all - 3);
    expect((await expectScanResult({ exclude: ['mexican'] })).vendors).toBe(all - 4);
  });

  it('finds a hyphenated word written as one, but not within a phrase', async () => {
    expect((await expectScanResult({ text: 'cocacola' })).vendors).toBe(1);
    expect((await expectScanResult({ text: '"cocacola"' })).vendors).toBe(1);
    expect((await expectScanResult({ text: '"cola cocacola"' })).vendors).toBe(0);
    // A city's synonym is found in every form.
    expect((await expectScanResult({ text: '7up' })).vendors).toBe(2);
  });

  it('continues from a cursor of another engine, whose scores differ in the last digit', async () => {
    // A prefix match of 24 at unknown hours: 20.4, but 20.400002 in the cluster's 32-bit numbers.
    const query = { ...ANYTHING, text: 'tac', timeAsked: true };
    const { hits } = await scan.search(query);
    expect(hits.map(({ score }) => score)).toEqual([20.4, 20.4, 20.4]);
    const { hits: rest } = await engine.search({ ...query, after: hits[0]?.key ?? null });
    expect(rest.map(({ vendor: { id } }) => id)).toEqual(hits.slice(1).map(({ vendor: { id } }) => id));
  });

  it('reads the data words of the release from the cluster', async () => {
    expect(await engine.about()).toEqual(await scan.about());
  });
});
