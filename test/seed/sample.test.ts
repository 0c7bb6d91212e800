import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { LatLon } from '../../functions/model/geo.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import { sanFrancisco } from '../fixtures/cities.ts';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';

const { outline } = sanFrancisco.facts;

type Raw = Readonly<Record<string, string>>;

const sample = (name: string) => fileURLToPath(new URL(`../../seed/sample/${name}.csv`, import.meta.url));
const read = (path: string): Raw[] => parse(readFileSync(path), { columns: true });
const header = (path: string) => readFileSync(path, 'utf8').split('\n', 1)[0];
const cell = (row: Raw, column: string): string => {
  const value = row[column];
  if (value === undefined) throw new Error(`no column ${column}`);
  return value;
};
const column = (rows: readonly Raw[], name: string) => rows.map((row) => cell(row, name));
const place = (row: Raw): LatLon => ({ lat: Number(cell(row, 'Latitude')), lon: Number(cell(row, 'Longitude')) });
const atNullIsland = (row: Raw) => place(row).lat === 0 && place(row).lon === 0;
const hour = (text: string) => Number(text.slice(0, 2));

/** Even-odd rule over one ring: a crossing of the ray to the north for every edge that spans the longitude. */
function ringContains(ring: readonly LatLon[], { lat, lon }: LatLon): boolean {
  return ring.reduce((inside, a, i) => {
    const b = ring[(i + 1) % ring.length] as LatLon;
    const spans = a.lon > lon !== b.lon > lon;
    return spans && lat < a.lat + ((lon - a.lon) / (b.lon - a.lon)) * (b.lat - a.lat) ? !inside : inside;
  }, false);
}

const permits = read(sample('permits'));
const schedule = read(sample('schedule'));
const scheduled = new Set(column(schedule, 'locationid'));
const withStatus = (status: string) => permits.filter((row) => cell(row, 'Status') === status);
const withFood = (pattern: RegExp) => permits.filter((row) => pattern.test(cell(row, 'FoodItems')));

describe.skipIf(noSharedData)('the sample compared with real snapshots', () => {
  it.each([
    ['permits', 'permits/permits-2024-08-29-489.csv'],
    ['schedule', 'schedule/schedule-2022-01-2809.csv'],
  ])('%s has the city’s columns, in the same order', (name, real) => {
    expect(header(sample(name))).toBe(header(sharedData(real)));
  });

  it.each([
    'permits/permits-2013-06-25-711.csv',
    'permits/permits-2017-06-19-764.csv',
    'permits/permits-2021-12-09-629.csv',
    'permits/permits-2024-08-29-489.csv',
    'schedule/schedule-2017-06-4923.csv',
    'schedule/schedule-2022-01-2809.csv',
  ])('shares no vendor, permit or id with %s', (name) => {
    const real = read(sharedData(name));
    const folded = (rows: readonly Raw[]) => new Set(column(rows, 'Applicant').map((text) => tokens(text).join(' ')));
    expect(real.length).toBeGreaterThan(100);
    expect([...folded(permits)].filter((text) => folded(real).has(text))).toEqual([]);
    const permitsTaken = new Set(column(real, 'permit'));
    expect(column(permits, 'permit').filter((permit) => permitsTaken.has(permit))).toEqual([]);
    const idsTaken = new Set(real.map((row) => row.locationid ?? row.ObjectID));
    expect(column(permits, 'locationid').filter((id) => idsTaken.has(id))).toEqual([]);
  });
});

describe('the sample as a map', () => {
  it('has about 40 vendors with about 120 places, most of them approved', () => {
    expect(new Set(column(permits, 'Applicant')).size).toBe(45);
    expect(permits).toHaveLength(125);
    expect(withStatus('APPROVED').length).toBeGreaterThanOrEqual(100);
  });

  it('has a different id for every place', () => {
    expect(new Set(column(permits, 'locationid')).size).toBe(permits.length);
  });

  it.each(['tacos', 'coffee', 'vegan'])('has several approved vendors for %s', (word) => {
    const rows = withStatus('APPROVED').filter((row) => tokens(cell(row, 'FoodItems')).includes(word));
    expect(new Set(column(rows, 'Applicant')).size).toBeGreaterThanOrEqual(4);
  });

  it('has no place outside the outline’s land', () => {
    const located = [...permits, ...schedule].filter((row) => !atNullIsland(row));
    const wet = located.filter((row) => !outline.some((ring) => ringContains(ring, place(row))));
    expect(wet.map((row) => cell(row, 'Location'))).toEqual([]);
  });

  it('repeats the point in Location, and has X/Y exactly if there is a point', () => {
    for (const row of permits) {
      const { lat, lon } = place(row);
      expect(cell(row, 'Location')).toBe(atNullIsland(row) ? '(0.0, 0.0)' : `(${lat}, ${lon})`);
      expect([cell(row, 'X') === '', cell(row, 'Y') === '']).toEqual([atNullIsland(row), atNullIsland(row)]);
    }
  });

  it('has an open place in nine of ten hours of the week, and most at lunch', () => {
    const open = new Array<number>(168).fill(0);
    const approved = new Set(column(withStatus('APPROVED'), 'locationid'));
    for (const row of schedule.filter((line) => approved.has(cell(line, 'locationid')))) {
      const [from, to] = [hour(cell(row, 'start24')), hour(cell(row, 'end24'))];
      const first = Number(cell(row, 'DayOrder')) * 24 + from;
      for (let h = first; h < first + (to > from ? to - from : to - from + 24); h++)
        open[h % 168] = (open[h % 168] ?? 0) + 1;
    }
    expect(open.filter((count) => count > 0).length).toBeGreaterThanOrEqual(152);
    expect(open.indexOf(Math.max(...open)) % 24).toBeOneOf([11, 12, 13]);
  });
});

describe('the faults in the sample', () => {
  it('has no comma in FoodItems, because the city writes colons; the schedule keeps the commas', () => {
    expect(withFood(/,/)).toEqual([]);
    const food = new Map(permits.map((row) => [cell(row, 'locationid'), cell(row, 'FoodItems')]));
    for (const row of schedule.filter((line) => food.has(cell(line, 'locationid')))) {
      expect(cell(row, 'optionaltext').replaceAll(',', ':')).toBe(food.get(cell(row, 'locationid')));
    }
    expect(schedule.filter((row) => cell(row, 'optionaltext').includes(',')).length).toBeGreaterThan(300);
  });

  it.each([
    ['"Cold Truck:" prefixes', /^Cold Truck: /, 5],
    ['colons inside parentheses', /\([^)]*:[^)]*\)/, 5],
    ['trailing colons', /:$/, 2],
    ['double blanks', / {2}/, 2],
    ['a menu in capitals', /^[^a-z]{30,}$/, 2],
    ['run-together words', /[a-z][A-Z]/, 2],
    ['ampersands', /&/, 10],
    ['semicolons', /;/, 2],
    ['accents', /[éè]/, 2],
    ['a negation', /^everything except for hot dogs$/, 2],
    ['an admin note', /^MFF - Do not approve without review/, 1],
    ['an admin note without a space after the food', /[a-z]MFF - Do not approve without review$/, 1],
    ['banh mi by its English name', /Vietnamese sandwiches/, 2],
  ] as const)('has %s in FoodItems', (_, pattern, atLeast) => {
    expect(withFood(pattern).length).toBeGreaterThanOrEqual(atLeast);
  });

  it('has two places that stay at 0,0 and one that the schedule repairs', () => {
    const lost = permits.filter(atNullIsland);
    const repaired = lost.filter((row) =>
      schedule.some((line) => cell(line, 'locationid') === cell(row, 'locationid') && !atNullIsland(line)),
    );
    expect([lost.length - repaired.length, repaired.length]).toEqual([2, 1]);
  });

  it('has two spellings of one vendor, and trade names after dba', () => {
    const names = [...new Set(column(permits, 'Applicant'))];
    const bare = (name: string) => tokens(name).filter((word) => word !== 'llc');
    expect(names.filter((name) => bare(name).join(' ') === 'taqueria tres cuestas')).toHaveLength(2);
    expect(names.filter((name) => tokens(name).includes('dba'))).toHaveLength(2);
  });

  it('has every status, one empty facility type and about one push cart in eight', () => {
    expect(new Set(column(permits, 'Status'))).toEqual(
      new Set(['APPROVED', 'REQUESTED', 'EXPIRED', 'SUSPEND', 'ISSUED']),
    );
    expect(permits.filter((row) => cell(row, 'FacilityType') === '')).toHaveLength(1);
    const carts = permits.filter((row) => cell(row, 'FacilityType') === 'Push Cart').length;
    expect(carts / permits.length).toBeGreaterThan(0.08);
    expect(carts / permits.length).toBeLessThan(0.16);
  });

  it('has dayshours only for a few permits that are not approved, one of them a cut-off list', () => {
    const filled = permits.filter((row) => cell(row, 'dayshours') !== '');
    expect(filled.length).toBeGreaterThanOrEqual(4);
    expect(column(filled, 'Status')).not.toContain('APPROVED');
    expect(filled.filter((row) => cell(row, 'dayshours').startsWith('Mo/Tu/We/Th/Fr:'))).toHaveLength(1);
  });

  it('has eight approved places without hours', () => {
    expect(withStatus('APPROVED').filter((row) => !scheduled.has(cell(row, 'locationid')))).toHaveLength(8);
  });

  it('has schedule rows for two places without a permit', () => {
    const known = new Set(column(permits, 'locationid'));
    expect([...scheduled].filter((id) => !known.has(id))).toHaveLength(2);
  });

  it('passes midnight in both notations of the city: 22:00-03:00, and 24:00 with 00:00 the next day', () => {
    const ranges = schedule.map((row) => `${cell(row, 'start24')}-${cell(row, 'end24')}`);
    expect(ranges).toContain('22:00-03:00');
    expect(ranges.filter((range) => range.endsWith('24:00')).length).toBeGreaterThan(3);
    expect(ranges).toContain('00:00-02:00');
  });

  it('has each time and each day twice, and they match', () => {
    const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
    const clock = (text: string) => `${((hour(text) + 11) % 12) + 1}${hour(text) % 24 < 12 ? 'AM' : 'PM'}`;
    for (const row of schedule) {
      expect(cell(row, 'DayOfWeekStr')).toBe(DAYS[Number(cell(row, 'DayOrder'))]);
      expect(cell(row, 'starttime')).toBe(clock(cell(row, 'start24')));
      expect(cell(row, 'endtime')).toBe(clock(cell(row, 'end24')));
    }
  });

  it('has different vendors at the same point', () => {
    const vendors = new Map<string, Set<string>>();
    for (const row of permits.filter((line) => !atNullIsland(line))) {
      const point = cell(row, 'Location');
      vendors.set(point, (vendors.get(point) ?? new Set()).add(cell(row, 'Applicant')));
    }
    expect([...vendors.values()].filter((names) => names.size > 1).length).toBeGreaterThanOrEqual(5);
  });

  it('has dates in the city’s notation of 2024, none received or approved after September, expiring in November', () => {
    for (const row of permits) {
      expect(cell(row, 'Received')).toMatch(/^20\d{6}$/);
      expect(cell(row, 'Received') < '20241001').toBe(true);
      expect(cell(row, 'Approved')).toMatch(/^$|^0[1-9]\/\d\d\/2024 12:00:00 AM$|^\d\d\/\d\d\/202[1-3] 12:00:00 AM$/);
      expect(cell(row, 'ExpirationDate')).toMatch(/^$|^11\/15\/202[2-5] 12:00:00 AM$/);
      expect(cell(row, 'Schedule')).toContain(`permit=${cell(row, 'permit')}&`);
    }
    expect(new Set(column(withStatus('APPROVED'), 'ExpirationDate'))).toEqual(new Set(['11/15/2025 12:00:00 AM']));
  });
});

describe('the outline', () => {
  it.each([
    ['the middle of the city', 37.7599, -122.4376, true],
    ['Treasure Island', 37.825, -122.372, true],
    ['the ocean', 37.76, -122.52, false],
    ['the bay', 37.79, -122.375, false],
    ['the Golden Gate', 37.815, -122.479, false],
    ['south of the county line', 37.7, -122.45, false],
  ])('tells land from water: %s', (_, lat, lon, land) => {
    expect(outline.some((ring) => ringContains(ring, { lat, lon }))).toBe(land);
  });

  it('consists of closed rings with at most four decimals', () => {
    for (const ring of outline) {
      expect(ring.length).toBeGreaterThan(4);
      expect(ring.at(-1)).toEqual(ring[0]);
      for (const { lat, lon } of ring) expect([Number(lat.toFixed(4)), Number(lon.toFixed(4))]).toEqual([lat, lon]);
    }
  });
});
