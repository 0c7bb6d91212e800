import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseText } from '../../functions/model/release.ts';
import { makeReport } from '../../seed/report/report.ts';
import type { Row, Table } from '../../seed/table/table.ts';
import { sanFrancisco } from '../fixtures/cities.ts';
import { noSharedData } from '../fixtures/shared-data.ts';
import { csv, geojson, PERMITS, releaseOf, snapshot } from './tables.ts';

const PERMIT_HEADER =
  'locationid,Applicant,Status,FoodItems,Latitude,Longitude,permit,ExpirationDate,LocationDescription,Received';
const SCHEDULE_HEADER = 'locationid,DayOrder,start24,end24,ColdTruck,locationdesc,Latitude,Longitude';

type Tables = { readonly permits: Table; readonly schedule: Table; readonly areas: Table };

/** The same rows in the given order, with the lines of their new places. */
function reordered(table: Table, order: readonly number[]): Table {
  const rows = order.flatMap((at, index): Row[] => (table.rows[at] ? [{ ...table.rows[at], line: index + 2 }] : []));
  return { ...table, rows };
}

/** All that may not depend on the order of rows: the release, and how many rows the report lists for each reason. */
function outcome({ permits, ...more }: Tables) {
  const audited = releaseOf(sanFrancisco, permits, more);
  const { sources, warnings } = makeReport(audited, []);
  const sizes = (groups: Readonly<Record<string, readonly unknown[]>>) =>
    Object.fromEntries(Object.entries(groups).map(([name, { length }]) => [name, length]));
  const counts = Object.entries(sources).map(([name, { dropped, notes }]) => [name, dropped, sizes(notes)]);
  return { version: audited.release.version, text: releaseText(audited.release), counts, warnings };
}

const orderOf = (length: number) =>
  fc.shuffledSubarray(
    Array.from({ length }, (_, at) => at),
    { minLength: length },
  );

const cells = (...choices: readonly string[][]) =>
  fc.tuple(...choices.map((some) => fc.constantFrom(...some))).map((line) => line.join(','));

const permitLine = cells(
  ['1', '2', '3', '9', '10', '1a', '07', ''],
  ['Truck', 'TRUCK', 'Cart LLC', 'Garcia Tacos', 'Lee dba Truck', ''],
  ['APPROVED', 'EXPIRED', 'REQUESTED', 'odd'],
  ['Tacos: Soup', 'Soup: Pie', 'N/A', 'everything except soup', ''],
  ['37.76', '37.77', '0', '48', ''],
  ['-122.42', '-122.43', '0', ''],
  ['9MFF-2', '13MFF-0102', '21MFF-00015', ''],
  ['2024-01-01', '2025-06-30', '07/07/2025', 'soon', ''],
  ['A ST', 'B ST', ''],
  ['20240101', '2024-02-03', ''],
);
const scheduleLine = cells(
  ['1', '2', '3', '10', '99'],
  ['0', '1', '6', '8'],
  ['10:00', '22:00'],
  ['11:00', '03:00', 'late'],
  ['Y', 'N', ''],
  ['Market corner', 'Pine corner', ''],
  ['37.78', '37.79', '48'],
  ['-122.41', '-122.42'],
);

const square = (name: string, west: number, south: number, size: number) => ({
  type: 'Feature',
  properties: { nhood: name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
});
// They overlap, and two have the same box.
const AREAS = [
  square('City', -122.5, 37.7, 0.15),
  square('Inner', -122.43, 37.75, 0.03),
  square('Twin', -122.43, 37.75, 0.03),
];

describe('the same rows in any order are the same release', () => {
  it('for conflicting rows of every source', () => {
    const input = fc.record({
      permits: fc.array(permitLine, { minLength: 1, maxLength: 14 }),
      schedule: fc.array(scheduleLine, { minLength: 1, maxLength: 14 }),
    });
    fc.assert(
      fc.property(
        input.chain(({ permits, schedule }) =>
          fc.record({
            permits: fc.constant(csv(PERMIT_HEADER, ...permits)),
            schedule: fc.constant(csv(SCHEDULE_HEADER, ...schedule)),
            orders: fc.tuple(orderOf(permits.length), orderOf(schedule.length), orderOf(AREAS.length)),
          }),
        ),
        ({ permits, schedule, orders }) => {
          const areas = geojson({ type: 'FeatureCollection', features: AREAS });
          const shuffled = {
            permits: reordered(permits, orders[0]),
            schedule: reordered(schedule, orders[1]),
            areas: reordered(areas, orders[2]),
          };
          expect(outcome(shuffled)).toEqual(outcome({ permits, schedule, areas }));
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    ['approved', ['REQUESTED,2029-01-01,9MFF-9', 'APPROVED,2024-01-01,9MFF-1']],
    ['the latest expiry', ['APPROVED,2024-01-01,9MFF-9', 'APPROVED,2025-01-01,9MFF-1']],
    ['the highest permit number', ['APPROVED,2025-01-01,9MFF-2', 'APPROVED,2025-01-01,13MFF-0102']],
  ])('the winner is %s', (_rule, [loser = '', winner = '']) => {
    const line = (name: string, cellsOfIt: string) => {
      const [status, expires, permit] = cellsOfIt.split(',');
      return `1,${name},${status},Tea,37.76,-122.42,${permit},${expires},,`;
    };
    for (const lines of [
      [line('Loser', loser), line('Winner', winner)],
      [line('Winner', winner), line('Loser', loser)],
    ]) {
      const { release } = releaseOf(sanFrancisco, csv(PERMIT_HEADER, ...lines));
      expect(release.vendors.map(({ name }) => name)).toEqual(['Winner']);
    }
  });

  it('a place that differs within the schedule is the commonest', () => {
    const permits = csv(PERMIT_HEADER, '1,Truck,APPROVED,Tea,0,0,,,,');
    const rows = ['37.79,-122.43', '37.78,-122.42', '37.78,-122.42'].map(
      (place, day) => `1,${day},10:00,11:00,N,,${place}`,
    );
    for (const lines of [rows, [...rows].reverse()]) {
      const { release } = releaseOf(sanFrancisco, permits, { schedule: csv(SCHEDULE_HEADER, ...lines) });
      expect(release.vendors[0]?.branches).toMatchObject([{ lat: 37.78, lon: -122.42 }]);
    }
  });

  describe.skipIf(noSharedData)('with rows of real files that contradict each other', () => {
    it.each(PERMITS)('%s', (file) => {
      const table = snapshot(file);
      const change = fc.record({
        at: fc.nat(table.rows.length - 1),
        column: fc.constantFrom('applicant', 'status', 'fooditems', 'expirationdate', 'latitude', 'permit', 'address'),
        from: fc.nat(table.rows.length - 1),
      });
      const count = 40;
      fc.assert(
        fc.property(fc.array(change, { minLength: count, maxLength: count }), orderOf(2 * count), (changes, order) => {
          const original = changes.flatMap(({ at }) => table.rows[at] ?? []);
          const changed = changes.flatMap(({ at, column, from }): Row[] => {
            const [row, other] = [table.rows[at], table.rows[from]];
            if (!row) return [];
            return [{ ...row, cells: new Map([...row.cells, [column, other?.cells.get(column) ?? '']]) }];
          });
          const mixed = { ...table, rows: [...original, ...changed] };
          const first = releaseOf(sanFrancisco, mixed).release;
          const again = releaseOf(sanFrancisco, reordered(mixed, order)).release;
          expect(releaseText(again)).toBe(releaseText(first));
          expect(again.version).toBe(first.version);
        }),
        { numRuns: 20 },
      );
    });
  });
});
