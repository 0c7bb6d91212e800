import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { distanceMetres, roundOrigin } from '../../../functions/model/geo.ts';
import { stem } from '../../../functions/model/text/stemming.ts';
import { vocabularyOf } from '../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { vocabularyStem } from '../../../functions/model/text/vocabulary/vocabulary-stems.ts';
import { findCity } from '../../../seed/find-city.ts';
import { load } from '../../../seed/load.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';

type Snapshot = '2017' | '2024';
type Raw = Readonly<Record<'locationid' | 'Applicant' | 'FoodItems' | 'Address' | 'LocationDescription', string>>;

const FILES: Record<Snapshot, Readonly<Record<string, string>>> = {
  2017: { permits: 'permits/permits-2017-06-19-764.csv', schedule: 'schedule/schedule-2017-06-4923.csv' },
  2024: {
    permits: 'permits/permits-2024-08-29-489.csv',
    areas: 'geometry/sf-neighborhoods-analysis.min.geojson',
  },
};

async function open(snapshot: Snapshot) {
  const given = new Map(Object.entries(FILES[snapshot]).map(([name, file]) => [name, sharedData(file)]));
  const { release } = await load({ city: findCity('san-francisco'), sources: given, origin: 'given', options: {} });
  const rows: Raw[] = parse(readFileSync(given.get('permits') ?? ''), { columns: true });
  const vendorByRow = new Map(release.vendors.flatMap(({ name, branches }) => branches.map(({ id }) => [id, name])));
  const scheduleText = given.has('schedule') ? readFileSync(given.get('schedule') ?? '') : '';
  const schedule: Record<'locationid' | 'locationdesc', string>[] = parse(scheduleText, { columns: true });
  // The others say nothing but hours: "10am to 6pm Mon thru Friday".
  const isPlace = ({ locationdesc }: (typeof schedule)[number]) =>
    /\b(?!thru|and|noon|mon|tue|wed|thu|fri|sat|sun)[a-z]{3}/i.test(locationdesc);
  const parkedAt = new Map(schedule.filter(isPlace).map(({ locationid, locationdesc }) => [locationid, locationdesc]));
  return { release, rows, parkedAt, vendorByRow, engine: openEmbedded(release) };
}

type OpenSnapshot = Awaited<ReturnType<typeof open>>;
const cache = new Map<Snapshot, Promise<OpenSnapshot>>();

function snapshot(name: Snapshot): Promise<OpenSnapshot> {
  const promise = cache.get(name) ?? open(name);
  cache.set(name, promise);
  return promise;
}

/** Texts of the rows that sell everything except something; they are removed. */
const NOT_SOLD = /(?<=everything |food )(?:except|but).*|no mexican food allowed/gi;

describe.skipIf(noSharedData)('with the origin at a branch', () => {
  it.each(['2017', '2024'] as const)('the branch is first, for every branch of %s', async (name) => {
    const { engine, release } = await snapshot(name);
    for (const { branches } of release.vendors) {
      for (const spot of branches) {
        for (const origin of [{ lat: spot.lat, lon: spot.lon }, roundOrigin(spot)]) {
          const { hits } = await engine.search({ ...ANYTHING, sort: 'distance', origin, limit: 1 });
          const nearest = hits[0]?.branches[0];
          // Another vendor may be at the same spot or, from the rounded origin, nearer.
          expect(nearest?.distanceMetres).toBeLessThanOrEqual(distanceMetres(origin, spot));
        }
      }
    }
  });
});

/** The words of a raw text, by the simplest rules. */
function naiveWords(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f']/g, '')
    .toLowerCase();
  return plain
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.replace(/^0+(?=\d)/, ''));
}

/** Remarks of the city's clerks, and words that join dishes. */
const NO_FOOD = /^cold truck|MFF - do not approve.*|N\/A|varies truck to truck|^\d* ?multiple truck.*?(?=\.|$)/gi;
const JOINTS = ['and', 'dba', 'or'];

describe.skipIf(noSharedData)('all words are required in one branch', () => {
  /** A naive search of the raw rows; the categories come from the release. */
  async function oracle() {
    const { rows, parkedAt, vendorByRow, release, engine } = await snapshot('2017');
    const nameOf = new Map(
      rows.map((row) => [row.Applicant, vendorByRow.get(row.locationid)] as const).filter(([, one]) => one),
    );
    const shared = new Map(
      release.vendors.map(({ name, categories }) => [name, new Set(categories.flatMap(naiveWords))]),
    );
    for (const { Applicant, FoodItems } of rows) {
      const food = FoodItems.replace(NOT_SOLD, '').replace(NO_FOOD, '');
      const words = naiveWords(`${Applicant} ${food}`).filter((word) => !JOINTS.includes(word));
      for (const word of words) shared.get(nameOf.get(Applicant) ?? '')?.add(word);
    }
    const stems = new Map<string, string>();
    const same = (a: string, b: string) => {
      for (const one of [a, b]) if (!stems.has(one)) stems.set(one, stem(one));
      return stems.get(a) === stems.get(b);
    };
    const has = (words: readonly string[], word: string, last: boolean) =>
      words.some((one) => same(one, word) || (last && one.startsWith(word)));
    const own = [...shared].map(([name, words]) => [name, [...words]] as const);
    const spots = rows.map(({ locationid, Address, LocationDescription }) => ({
      name: vendorByRow.get(locationid),
      words: naiveWords(Address),
      described: naiveWords(`${LocationDescription} ${parkedAt.get(locationid) ?? ''}`),
    }));
    const find = (query: readonly string[]) => {
      const found = new Set<string>();
      for (const [name, words] of own) {
        // One branch must have all words that the vendor does not have.
        const left = query.flatMap((word, at) => {
          const last = at === query.length - 1;
          return has(words, word, last) ? [] : [{ word, last }];
        });
        const here = spots.filter((spot) => spot.name === name);
        // Descriptions are not searched for words that begin so.
        const isHere = (spot: (typeof spots)[number]) =>
          left.every(({ word, last }) => has(spot.words, word, last) || has(spot.described, word, false));
        if (here.some(isHere)) found.add(name);
      }
      return found;
    };
    const known = vocabularyOf(release.city.synonyms);
    const meant = new Set(
      release.city.synonyms
        .flat()
        .flatMap(naiveWords)
        .map((word) => stem(word)),
    );
    // One or two digits before food are an amount.
    const isPlain = (word: string) =>
      !/^\d\d?$/.test(word) && !meant.has(stem(word)) && known.entriesAt(vocabularyStem(word)).length === 0;
    const vocabulary = rows
      .filter(({ Applicant }) => nameOf.has(Applicant))
      .flatMap(({ FoodItems, Applicant, Address }) => naiveWords(`${FoodItems} ${Applicant} ${Address}`));
    const begins = (word: string) => JOINTS.some((joint) => joint.startsWith(word));
    const words = [...new Set(vocabulary)].filter((word) => isPlain(word) && !begins(word)).sort();
    // The separate parts of compound words are searchable too, but are not in the raw rows.
    const glued = new Set(release.vendors.filter(({ searchText }) => searchText.length > 0).map(({ name }) => name));
    const compare = async (query: readonly string[]) => {
      const { hits } = await engine.search({ ...ANYTHING, text: query.join(' ') });
      const expected = find(query);
      const names = hits.map((hit) => hit.vendor.name).filter((name) => expected.has(name) || !glued.has(name));
      expect(names.sort(), query.join(' ')).toEqual([...expected].sort());
    };
    return { words, compare };
  }

  it('for every word of the vocabulary that has no synonym', { timeout: 60_000 }, async () => {
    const { words, compare } = await oracle();
    expect(words.length).toBeGreaterThan(1000);
    for (const word of words) await compare([word]);
  });

  it('for 300 pairs of them', async () => {
    const { words, compare } = await oracle();
    let seed = 5;
    const pick = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return words[seed % words.length] ?? '';
    };
    for (let pair = 0; pair < 300; pair++) await compare([pick(), pick()]);
  });
});
