import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../../functions/engine/embedded/release-engine.ts';
import { THAT_MINUTE } from '../../../../../functions/model/hours/open-state.ts';
import { EVERYTHING, type SearchQuery } from '../../../../../functions/model/query.ts';
import { ANYTHING } from '../../../../fixtures/query.ts';
import { town, WELL } from '../../../../fixtures/town.ts';
import { openScan } from '../../linear-scan/search.ts';

const NEAREST: SearchQuery = { ...ANYTHING, origin: WELL, sort: 'distance' };
const FIELDS = Object.keys(EVERYTHING) as (keyof SearchQuery)[];

/** The query with another value of a field, whichever type it has. */
function withOther(field: keyof SearchQuery): SearchQuery {
  const value = EVERYTHING[field];
  if (field === 'box') return { ...NEAREST, box: { west: -101, south: 39, east: -99, north: 41 } };
  if (field === 'time') return { ...NEAREST, time: { ...THAT_MINUTE, unknownToo: true } };
  if (field === 'facets') return { ...NEAREST, facets: ['area'] };
  if (field === 'after') return { ...NEAREST, after: { score: 1, distanceMetres: 60, name: 'a', id: 'a' } };
  if (field === 'status') return { ...NEAREST, status: 'approved' };
  if (field === 'radiusMetres') return { ...NEAREST, radiusMetres: 500 };
  const other = Array.isArray(value)
    ? ['truck']
    : typeof value === 'boolean'
      ? !value
      : typeof value === 'number'
        ? value + 1
        : 'truck';
  return { ...NEAREST, [field]: other };
}

describe('a nearest-neighbour search', () => {
  it.each(FIELDS)('returns what the scan returns, also with another %s', async (field) => {
    const release = town();
    const query = field === 'origin' || field === 'sort' ? NEAREST : withOther(field);
    expect(await openEmbedded(release).search(query)).toEqual(await openScan(release).search(query));
  });
});
