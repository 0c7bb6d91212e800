import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import {
  cityAround,
  FOODS,
  NAMES,
  SYNTHETIC_PROVENANCE,
  syntheticContent,
  syntheticVendors,
} from '../../../fixtures/synthetic-city.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { openScan } from '../linear-scan/search.ts';
import { suggestionsIn, TOWN_VOCABULARY, towns } from '../random-town.ts';

describe('suggestions from an index', () => {
  it('equal those of the linear scan for any town and query', async () => {
    await fc.assert(
      fc.asyncProperty(
        towns,
        fc.array(suggestionsIn(TOWN_VOCABULARY), { minLength: 5, maxLength: 5 }),
        async (release, all) => {
          const [engine, oracle] = [openEmbedded(release), openScan(release)];
          for (const query of all) expect(await engine.suggest(query)).toEqual(await oracle.suggest(query));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('equal those of the linear scan in a town with many names', async () => {
    const center = { lat: -33.87, lon: 151.21 };
    const vendors = [...syntheticVendors(1_500, cityAround(center))];
    const release = { ...syntheticContent(1_500, center), ...SYNTHETIC_PROVENANCE, vendors };
    const [engine, oracle] = [openEmbedded(release), openScan(release)];
    const texts = [...NAMES.slice(0, 12), ...FOODS.slice(0, 10), 'a', 'b', 'hill', 'bay gate', 'grilled t', 'tac ki'];
    for (const status of [null, 'approved', 'expired', 'never']) {
      for (const text of texts) {
        for (const limit of [2, 8]) {
          const query = { text: text.toLowerCase().slice(0, 6), limit, status };
          expect(await engine.suggest(query), JSON.stringify(query)).toEqual(await oracle.suggest(query));
        }
      }
    }
  });

  it('merge vendor names with the same stems, and show the first spelling in the permit’s state', async () => {
    const spot = (id: string, status: string) => branch(id, 0, 0, { status });
    const named = (name: string, id: string, ...statuses: string[]) =>
      vendor(
        name,
        [],
        statuses.map((status, at) => spot(`${id}-${at}`, status)),
        { id },
      );
    const release = town([
      named('Tacos King', 'v1', 'approved', 'approved'),
      named('Taco King', 'v2', 'expired'),
      named('TACO KING', 'v3', 'expired', 'approved'),
      named('Taco King of Tacos', 'v4', 'approved'),
      named('Taco', 'v5', 'approved'),
      named('🌮 Taco', 'v6', 'approved'),
      named('!!!', 'v7', 'approved'),
    ]);
    const [engine, oracle] = [openEmbedded(release), openScan(release)];
    for (const status of [null, 'approved', 'expired']) {
      for (const text of ['taco', 'tacos', 'k', 'tac ki', 'king of', 'tacos tacos', '!']) {
        const query = { text, limit: 8, status };
        expect(await engine.suggest(query), JSON.stringify(query)).toEqual(await oracle.suggest(query));
      }
    }
    expect(await engine.suggest({ text: 'king', limit: 8, status: null })).toEqual([
      { type: 'vendor', text: 'TACO KING', count: 3 },
      { type: 'vendor', text: 'Taco King of Tacos', count: 1 },
    ]);
    expect(await engine.suggest({ text: 'king', limit: 1, status: 'approved' })).toEqual([
      { type: 'vendor', text: 'TACO KING', count: 2 },
    ]);
  });
});

describe('permit page URLs', () => {
  it('are restored unchanged, whatever they contain', async () => {
    const url = fc.oneof(
      fc.constant(null),
      fc.constantFrom(
        'https://town.example/P-1',
        'P-1P-1',
        'P-1/\u0000',
        '\u0000',
        'P-\u00001',
        '$&',
        'P-1?x=$1',
        'https://other.example/',
      ),
      fc.string(),
    );
    const permits = fc.array(fc.tuple(fc.oneof(fc.constantFrom(null, '', 'P-1', '$&', '\u0000'), fc.string()), url), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(permits, async (all) => {
        const places = all.map(([permit, permitUrl], at) => branch(`b-${at}`, at, 0, { permit, permitUrl }));
        const one = vendor('Vendor', [], places, { id: 'v' });
        expect(await openEmbedded(town([one])).find('v')).toEqual(one);
      }),
      { numRuns: 60 },
    );
  });

  it('are restored if there are more patterns than can be numbered', async () => {
    const places = Array.from({ length: 1_003 }, (_, at) =>
      branch(`b-${at}`, at, 0, { permit: 'P-1', permitUrl: `https://town.example/${at}/P-1` }),
    );
    const one = vendor('Vendor', [], places, { id: 'v' });
    expect(await openEmbedded(town([one])).find('v')).toEqual(one);
  });
});
