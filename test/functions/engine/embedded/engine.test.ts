import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../../../functions/engine/engine.ts';
import type { LatLon } from '../../../../functions/model/geo.ts';
import { THAT_MINUTE } from '../../../../functions/model/hours/open-state.ts';
import { FACETS, type SearchQuery, type SearchResult, SORTS } from '../../../../functions/model/query.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { valueKey } from '../../../../functions/model/text/tokenizer.ts';
import type { Vendor } from '../../../../functions/model/vendor.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { Random } from '../../../fixtures/random.ts';
import {
  AREAS,
  anywhere,
  cityAround,
  FOODS,
  KINDS,
  NAMES,
  type Scatter,
  STATUSES,
  SYNONYMS,
  SYNTHETIC_PROVENANCE,
  syntheticContent,
  syntheticVendors,
} from '../../../fixtures/synthetic-city.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { openScan } from '../linear-scan/search.ts';

const CITIES: readonly { readonly name: string; readonly center: LatLon; readonly scatter: Scatter }[] = [
  { name: 'in the north-west', at: { lat: 37.76, lon: -122.44 } },
  { name: 'in the south-east', at: { lat: -33.87, lon: 151.21 } },
  { name: 'across the date line', at: { lat: -16.5, lon: 179.99 } },
  { name: 'where the meridian and the equator cross', at: { lat: 0, lon: 0 } },
].map(({ name, at }) => ({ name, center: at, scatter: cityAround(at) }));
const POLES = [
  { name: 'on the date line', center: { lat: 5, lon: 180 }, scatter: onDateLine },
  { name: 'around the north pole', center: { lat: 90, lon: 0 }, scatter: anywhere(89.9, 90) },
  { name: 'around the south pole', center: { lat: -89.95, lon: 100 }, scatter: anywhere(-90, -89.9) },
  { name: 'all over the earth', center: { lat: 10, lon: 20 }, scatter: anywhere(-90, 90) },
];

/** Five corners of a town, each shared by many branches at exactly the same spot; two corners are 10 cm apart. */
const CORNERS = [0, 1e-6, 0.001, 0.004, 0.02].map((by) => ({ lat: 40 + by, lon: -100 - by }));
const CROWDED = {
  name: 'at five corners',
  center: { lat: 40, lon: -100 },
  scatter: (random: Random) => random.pick(CORNERS),
};

/** A third of the places are exactly on the 180th meridian, as 180 or -180. */
function onDateLine(random: Random): LatLon {
  const { lat, lon } = cityAround({ lat: 5, lon: 180 })(random);
  return { lat, lon: random.pick([180, -180, lon, lon, lon, lon]) };
}

function releaseOf(branches: number, { center, scatter }: { center: LatLon; scatter: Scatter }): Release {
  const vendors: Vendor[] = [...syntheticVendors(branches, scatter)];
  return { ...syntheticContent(branches, center), ...SYNTHETIC_PROVENANCE, vendors };
}

/** A word with a letter dropped, doubled, replaced or swapped with its neighbour. */
function mistyped(word: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, word.length - 1));
  const [before, here, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  return random.pick([
    before + after,
    before + here + here + after,
    `${before}x${after}`,
    before + after.charAt(0) + here + after.slice(1),
  ]);
}

function someText(random: Random): string {
  const word = () =>
    random.pick([
      random.pickEarly(FOODS),
      random.pickEarly(NAMES),
      random.pick(SYNONYMS.flat()),
      random.pickEarly(FOODS),
    ]);
  const words = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, word).join(' ');
  const street = String(1 + random.below(30));
  return random.pick([
    '',
    '',
    words,
    words,
    words.replace(/e?s$/, ''),
    words.slice(0, Math.max(1, words.length - 2)),
    words.slice(0, 1),
    mistyped(words, random),
    mistyped(mistyped(random.pick(NAMES), random), random),
    `${random.pickEarly(FOODS)} ${street}th`,
    `${random.pickEarly(FOODS)} ${random.pick(AREAS)}`,
    '!?',
    'crème',
  ]);
}

/** Any query, near the town or far from it. */
function someQuery(random: Random, center: LatLon): SearchQuery {
  const near = (by: number) => ({
    lat: Math.round(Math.max(-90, Math.min(90, center.lat + random.normal() * by)) * 1e4) / 1e4,
    lon: Math.round((((((center.lon + random.normal() * by + 180) % 360) + 360) % 360) - 180) * 1e4) / 1e4,
  });
  const origin = random.chance(0.7) ? random.pick([near(0.03), near(0.03), near(0.03), near(1), near(90)]) : null;
  const [a, b] = [near(0.05), random.pick([near(0.05), near(50)])];
  const edge = (lon: number) => (random.chance(0.1) ? random.pick([180, -180]) : lon);
  const box = { west: edge(a.lon), east: edge(b.lon), south: Math.min(a.lat, b.lat), north: Math.max(a.lat, b.lat) };
  const values = (list: readonly string[]) =>
    random.chance(0.07) ? [random.pick(list), random.pick(list)].map(valueKey) : [];
  const span = random.pick([
    THAT_MINUTE,
    { forMinutes: random.pick([60, 500]), withinMinutes: 0 },
    { forMinutes: 0, withinMinutes: 180 },
  ]);
  const time = random.chance(0.3) ? { ...span, unknownToo: random.chance(0.5) } : null;
  return {
    ...ANYTHING,
    text: someText(random),
    typos: random.chance(0.3),
    origin,
    radiusMetres: origin && random.chance(0.5) ? random.pick([0, 200, 1000, 2000, 5000, 20_000, 5e6, 3e7]) : null,
    box: random.chance(0.15) ? box : null,
    status: random.chance(0.7) ? 'approved' : random.pick([null, null, ...STATUSES, 'never']),
    category: values(KINDS),
    facility: values(['truck', 'push_cart', 'boat']),
    area: values([...AREAS, '']),
    hoursKnown: random.chance(0.1),
    minute: random.below(10_080),
    timeAsked: time !== null || random.chance(0.1),
    time,
    sort: random.pick(origin ? SORTS : (['best', 'best', 'name'] as const)),
    scaleMetres: random.pick([800, 800, 50, 20_000]),
    facets: random.chance(0.3) ? FACETS.filter(() => random.chance(0.7)) : [],
    limit: random.pick([20, 20, 1, 0, 750, 10_000]),
  };
}

/** Everything in a result except the vendors' own texts. */
function comparable({ hits, ...totals }: SearchResult) {
  return {
    ...totals,
    hits: hits.map(({ vendor, branches, key }) => ({
      vendor: vendor.id,
      branches: branches.map(({ branch, distanceMetres }) => `${branch.id} ${distanceMetres}`),
      key,
    })),
  };
}

async function compare(engine: Engine, oracle: Engine, query: SearchQuery): Promise<SearchResult> {
  const [found, wanted] = [await engine.search(query), await oracle.search(query)];
  // Sums are added in the same order, so scores are equal to the last bit.
  expect(comparable(found), JSON.stringify(query)).toEqual(comparable(wanted));
  for (const [at, { score, vendor }] of found.hits.entries()) {
    expect(score).toBe(wanted.hits[at]?.score);
    if (at < 3) expect(vendor).toEqual(wanted.hits[at]?.vendor);
  }
  return found;
}

async function compareMany(release: Release, center: LatLon, queries: number, seed: number): Promise<number> {
  const [engine, oracle, random] = [openEmbedded(release), openScan(release), new Random(seed)];
  let answered = 0;
  for (let count = 0; count < queries; count++) {
    const query = someQuery(random, center);
    const first = await compare(engine, oracle, query);
    if (first.vendors > 0) answered++;
    const last = first.hits.at(-1);
    if (first.more && last) await compare(engine, oracle, { ...query, after: last.key });
  }
  return answered;
}

describe('the index returns what the linear scan returns', () => {
  it.each([0, 1, 2, 40])('with %i branches', async (branches) => {
    for (const [at, city] of [...CITIES, ...POLES, CROWDED].entries()) {
      await compareMany(releaseOf(branches, city), city.center, 40, branches * 10 + at);
    }
  });

  it.each([...CITIES, ...POLES, CROWDED])('with 733 branches $name', async (city) => {
    expect(await compareMany(releaseOf(733, city), city.center, 150, 733)).toBeGreaterThan(30);
  });

  it('with 50,000 branches', { timeout: 120_000 }, async () => {
    const [city] = CITIES as [(typeof CITIES)[number]];
    expect(await compareMany(releaseOf(50_000, city), city.center, 40, 50_000)).toBeGreaterThan(10);
  });

  it('for any cursor, also of vendors that no longer exist', async () => {
    const [city] = CITIES as [(typeof CITIES)[number]];
    const release = releaseOf(733, city);
    const [engine, oracle, random] = [openEmbedded(release), openScan(release), new Random(5)];
    for (let count = 0; count < 100; count++) {
      const query = { ...someQuery(random, city.center), limit: 5 };
      const key = {
        score: random.next() * 6,
        distanceMetres: random.next() * 9000,
        name: NAMES[count]?.toLowerCase() ?? '',
        id: 'x',
      };
      await compare(engine, oracle, { ...query, after: key });
    }
  });

  it('for boxes that end on the date line, which has two longitudes', async () => {
    const city = { center: { lat: 5, lon: 180 }, scatter: onDateLine };
    const release = releaseOf(733, city);
    const [engine, oracle, random] = [openEmbedded(release), openScan(release), new Random(7)];
    for (let count = 0; count < 40; count++) {
      const [south, wide] = [4.95 + random.next() * 0.08, random.next() * 0.01];
      const box = random.pick([
        { west: 180 - wide, east: 180 },
        { west: -180, east: -180 + wide },
      ]);
      const query = { ...ANYTHING, box: { ...box, south, north: south + 0.01 } };
      await compare(engine, oracle, query);
    }
  });

  it('for a word that a vendor, its street and its area share', async () => {
    const main = branch('main-1', 0, 0, { address: '1 MAIN ST', area: 'Main' });
    const release = town([
      vendor('Main Tacos', ['Main course'], [main, branch('main-2', 9, 9)], { categories: ['main'] }),
      vendor('Other', [], [branch('other-1', 5, 5, { address: '2 MAIN ST', area: 'Main St' })]),
    ]);
    for (const text of ['main', 'main st', 'mai', 'main tacos', 'mainn']) {
      await compare(openEmbedded(release), openScan(release), { ...ANYTHING, text, typos: true, facets: FACETS });
    }
  });

  it('for find, suggest and about', async () => {
    const [city] = CITIES as [(typeof CITIES)[number]];
    const release = releaseOf(733, city);
    const [engine, oracle] = [openEmbedded(release), openScan(release)];
    for (const { id } of release.vendors) expect(await engine.find(id)).toEqual(await oracle.find(id));
    for (const id of ['', 'vendor', 'vendor-zzz', '\u{1f32e}']) expect(await engine.find(id)).toBeUndefined();
    for (const text of ['t', 'taco', 'ice cr', 'zzz', '']) {
      for (const status of ['approved', null]) {
        const query = { text, limit: 8, status };
        expect(await engine.suggest(query)).toEqual(await oracle.suggest(query));
      }
    }
    expect(await engine.about()).toEqual(await oracle.about());
  });
});
