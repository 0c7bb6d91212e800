import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { THAT_MINUTE } from '../../../../functions/model/hours/open-state.ts';
import { FACETS, type SearchQuery } from '../../../../functions/model/query.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { Random } from '../../../fixtures/random.ts';
import {
  AREAS,
  cityAround,
  KINDS,
  NAMES,
  SYNTHETIC_PROVENANCE,
  syntheticContent,
  syntheticVendors,
} from '../../../fixtures/synthetic-city.ts';
import { openScan } from '../linear-scan/search.ts';

const CENTER = { lat: 37.76, lon: -122.44 };
const BRANCHES = 3_000;

/** Words that only vendors have, words that branches have too (streets are named like vendors), and words that nobody has. */
const TEXTS = [
  '',
  ...[
    'tacos',
    'chicken tacos',
    'chick',
    'chickan',
    'hot dogs',
    'tacos or burritos',
    'tacos -pork',
    '-chicken',
    '"fried chicken"',
  ],
  ...['mexican coffee', 'coffee pizza tacos burritos', 'vegan', 'no pork', 'tacos near me', 'xyzzy', 'xyzzy tacos'],
  ...NAMES.slice(0, 9).flatMap((name) => [name, `${name} tacos`, name.slice(0, 3)]),
  ...AREAS.slice(0, 2).flatMap((area) => [area, `tacos ${area}`]),
];

function queryWithoutPlace(random: Random): SearchQuery {
  const isTimed = random.chance(0.4);
  return {
    ...ANYTHING,
    text: random.pick(TEXTS),
    strict: random.chance(0.2),
    exclude: random.chance(0.1) ? [random.pick(['pork', 'hot dogs'])] : [],
    typos: random.chance(0.4),
    mayLack: random.pick([0, 0, 1, 2]),
    sort: random.pick(['best', 'best', 'name']),
    status: random.pick([null, 'approved', 'expired']),
    category: random.chance(0.3) ? [1, 2].slice(random.below(2)).map(() => random.pick(KINDS).replace('_', ' ')) : [],
    facility: random.chance(0.2) ? ['push cart'] : [],
    area: random.chance(0.2) ? [random.pick(AREAS).replace('/', ' ').toLowerCase()] : [],
    hoursKnown: random.chance(0.2),
    minute: random.below(10_080),
    timeAsked: isTimed,
    time: isTimed ? { ...THAT_MINUTE, unknownToo: random.chance(0.5) } : null,
    facets: random.chance(0.3) ? [] : FACETS.filter(() => random.chance(0.7)),
    limit: random.pick([0, 1, 20, 20, 300]),
  };
}

describe('a search without a place', () => {
  it('has the pages, totals and facets of the linear scan, whoever has the words', async () => {
    const vendors = [...syntheticVendors(BRANCHES, cityAround(CENTER))];
    const release = { ...syntheticContent(BRANCHES, CENTER), ...SYNTHETIC_PROVENANCE, vendors };
    const [engine, oracle] = [openEmbedded(release), openScan(release)];
    const random = new Random(7);
    for (let round = 0; round < 200; round++) {
      const query = queryWithoutPlace(random);
      const [found, wanted] = [await engine.search(query), await oracle.search(query)];
      expect(found, JSON.stringify(query)).toEqual(wanted);
      const last = wanted.hits.at(-1);
      if (!wanted.more || !last) continue;
      const next = { ...query, after: last.key };
      expect(await engine.search(next), JSON.stringify(next)).toEqual(await oracle.search(next));
    }
  });
});
