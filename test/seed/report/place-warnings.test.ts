import { describe, expect, it } from 'vitest';
import { makeReport } from '../../../seed/report/report.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { csv, geojson, releaseOf } from '../tables.ts';

const reportOf = (...args: [Parameters<typeof releaseOf>[1], Parameters<typeof releaseOf>[2]?]) => {
  const loaded = releaseOf(sanFrancisco, ...args);
  return { report: makeReport(loaded, []) };
};

describe('rows that are wrong in the same way', () => {
  const header = 'locationid,Applicant,Status,FoodItems,Latitude,Longitude';
  const good = '1,Ann,APPROVED,Tea,37.76,-122.42';

  it('are counted in a warning that says what would help', () => {
    const { report } = reportOf(
      csv(
        header,
        good,
        '2,B,APPROVED,Tea,37.76,122.42',
        '3,C,APPROVED,Tea,-37.76,-122.42',
        '4,D,APPROVED,Tea,-122.42,37.76',
      ),
    );
    expect(report.warnings).toContain(
      'permits: 2 rows would be inside the city with the other sign, as if a minus were missing',
    );
    expect(report.warnings).toContain('permits: 1 row would be inside the city if latitude and longitude were swapped');
  });

  it('are areas with swapped axes, and areas in which there is no place', () => {
    const area = (ring: number[][]) =>
      geojson({
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', properties: { nhood: 'West' }, geometry: { type: 'Polygon', coordinates: [ring] } },
        ],
      });
    const ring = [
      [-122.43, 37.75],
      [-122.41, 37.75],
      [-122.41, 37.77],
      [-122.43, 37.75],
    ];
    const swapped = reportOf(csv(header, good), { areas: area(ring.map(([lon = 0, lat = 0]) => [lat, lon])) });
    expect(swapped.report.warnings).toEqual(
      expect.arrayContaining([
        'areas: 1 area would be inside the city if latitude and longitude were swapped',
        'areas: none of 1 place is in one of them',
      ]),
    );
    const right = reportOf(csv(header, good), { areas: area(ring) });
    expect(right.report.warnings.filter((warning) => warning.startsWith('areas: '))).toEqual([]);
    // EPSG:7131, in metres.
    const projected = reportOf(csv(header, good), {
      areas: area(ring.map(([lon = 0, lat = 0]) => [lon * 1e4, lat * 1e4])),
    });
    expect(projected.report.warnings).toContain('areas: none of 1 place is in one of them');
    expect(projected.report.sources.areas?.notes.area_outside).toHaveLength(1);
  });
});
