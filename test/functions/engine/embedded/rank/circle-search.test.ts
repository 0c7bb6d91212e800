import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../../functions/engine/embedded/release-engine.ts';
import type { LatLon } from '../../../../../functions/model/geo.ts';
import { THAT_MINUTE } from '../../../../../functions/model/hours/open-state.ts';
import { FACETS, type SearchQuery } from '../../../../../functions/model/query.ts';
import { ANYTHING } from '../../../../fixtures/query.ts';
import { Random } from '../../../../fixtures/random.ts';
import {
  cityAround,
  KINDS,
  type Scatter,
  SYNTHETIC_PROVENANCE,
  syntheticContent,
  syntheticVendors,
} from '../../../../fixtures/synthetic-city.ts';
import { openScan } from '../../linear-scan/search.ts';

/** More matches than are all ranked, in more cells than are all searched. */
const BRANCHES = 6_000;

const CENTER = { lat: 37.76, lon: -122.44 };
const AT_DATE_LINE = { lat: -16.5, lon: 179.99 };

/** Two towns 60 km apart: from one of them, every vendor of the other has the lowest distance factor. */
function twoTowns(random: Random): LatLon {
  const { lat, lon } = cityAround(CENTER)(random);
  return random.chance(0.5) ? { lat, lon } : { lat: lat + 0.55, lon };
}

function openBoth(center: LatLon, scatter: Scatter) {
  const vendors = [...syntheticVendors(BRANCHES, scatter)];
  const release = { ...syntheticContent(BRANCHES, center), ...SYNTHETIC_PROVENANCE, vendors };
  return { engine: openEmbedded(release), oracle: openScan(release) };
}

/** A query around a place in or near the town, with any filters that do not depend on a place. */
function queryAround(center: LatLon, random: Random): SearchQuery {
  const isTimed = random.chance(0.5);
  const far = random.chance(0.2) ? 0.6 : 0.03;
  return {
    ...ANYTHING,
    text: random.pick(['', '', 'tacos', 'chicken', 'fried chicken', 'tacos -pork', 'coffee pizza tacos burritos']),
    mayLack: random.chance(0.2) ? 1 : 0,
    origin: random.chance(0.1)
      ? null
      : { lat: center.lat + (random.next() - 0.5) * far, lon: center.lon + (random.next() - 0.5) * far },
    sort: random.pick(['best', 'best', 'distance']),
    scaleMetres: random.pick([50, 800, 800, 20_000]),
    status: random.pick([null, 'approved', 'approved', 'none such']),
    category: random.chance(0.3) ? [random.pick(KINDS).replace('_', ' ')] : [],
    facility: random.chance(0.2) ? ['push cart'] : [],
    hoursKnown: random.chance(0.2),
    minute: random.below(10_080),
    timeAsked: isTimed,
    time: isTimed ? { ...THAT_MINUTE, unknownToo: random.chance(0.5) } : null,
    facets: random.chance(0.3) ? FACETS : [],
    limit: random.pick([0, 1, 20, 20, 90]),
  };
}

describe('a page around a place', () => {
  it.each([
    { name: 'a town', center: CENTER, scatter: cityAround(CENTER) },
    { name: 'a town across the date line', center: AT_DATE_LINE, scatter: cityAround(AT_DATE_LINE) },
    { name: 'two towns', center: CENTER, scatter: twoTowns },
  ])('has the vendors, totals and facets of the linear scan in $name', async ({ center, scatter }) => {
    const { engine, oracle } = openBoth(center, scatter);
    const random = new Random(19);
    for (let round = 0; round < 60; round++) {
      const query = queryAround(center, random);
      const [found, wanted] = [await engine.search(query), await oracle.search(query)];
      expect(found, JSON.stringify(query)).toEqual(wanted);
    }
  });
});
