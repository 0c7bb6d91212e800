import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPermits } from '../../../seed/record/permit.ts';
import { sanFrancisco, vancouver } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { csv, PERMITS, READ_AT, snapshot } from '../tables.ts';

const HEADER =
  'locationid,Applicant,FacilityType,Status,FoodItems,Latitude,Longitude,LocationDescription,Received,Approved,ExpirationDate,Schedule';
const read = (...lines: string[]) => readPermits(sanFrancisco, csv(HEADER, ...lines), { readAt: READ_AT });
const first = (line: string) => {
  const { rows, notes } = read(line, '999,Newest,,APPROVED,Tea,,,,20240829,,,');
  if (!rows[0]) throw new Error('dropped');
  return { row: rows[0], kinds: notes.filter(({ id }) => id === rows[0]?.id).map(({ kind }) => kind) };
};

describe('a permit', () => {
  it('is read with all its fields', () => {
    expect(
      first(
        '7,  Taco   Truck ,Push Cart,APPROVED,Tacos,37.76,-122.42,A to B,20240101,01/02/2024,11/15/2024,http://x.example/7.pdf',
      ).row,
    ).toEqual({
      id: '7',
      line: 2,
      vendorName: 'Taco Truck',
      place: { lat: 37.76, lon: -122.42 },
      placeFault: null,
      address: null,
      descriptions: ['A to B'],
      facility: 'push_cart',
      status: 'approved',
      permit: null,
      permitUrl: 'http://x.example/7.pdf',
      expires: '2024-11-15',
      approved: '2024-01-02',
      received: '2024-01-01',
      area: null,
      foodText: 'Tacos',
      hoursText: null,
    });
  });

  it.each([
    ['APPROVED', '11/15/2024', 'approved', []],
    ['Approved', '', 'approved', []],
    ['APPROVED', '08/29/2024', 'approved', []],
    ['APPROVED', '08/28/2024', 'expired', []],
    ['REQUESTED', '03/15/2016', 'requested', []],
    ['SUSPEND', '', 'suspended', []],
    ['EXPIRED', '', 'expired', []],
    ['ISSUED', '', 'issued', []],
    ['INACTIVE', '', 'inactive', []],
    ['ON HOLD', '', 'onhold', []],
    ['POSTAPPROVED', '', 'postapproved', []],
    ['Revoked', '', 'revoked', ['unknown_status']],
    ['', '', 'unknown', ['unknown_status']],
    ['APPROVED', 'someday', 'unknown', ['bad_date']],
    ['APPROVED', '02/30/2025', 'unknown', ['bad_date']],
    ['EXPIRED', 'someday', 'expired', ['bad_date']],
    ['APPROVED', 'N/A', 'approved', []],
    ['APPROVED', '0000-00-00', 'approved', []],
    ['APPROVED', '45611', 'approved', ['excel_date']],
    ['APPROVED', '45000', 'expired', ['excel_date']],
    ['APPROVED', '31/12/2024', 'approved', []],
  ])('with status %j and expiry %j is %s at the data’s own date', (status, expires, expected, kinds) => {
    const read = first(`7,Truck,,${status},Tacos,,,,,,${expires},`);
    expect([read.row.status, read.kinds]).toEqual([expected, kinds]);
  });

  it.each([
    ['Truck', 'truck', []],
    ['push cart', 'push_cart', []],
    ['', 'unknown', []],
    ['Food Boat!', 'food_boat', ['unknown_facility']],
  ])('of facility type %j is a %s', (given, facility, kinds) => {
    const read = first(`7,Truck,${given},APPROVED,Tacos,,,,,,,`);
    expect([read.row.facility, read.kinds]).toEqual([facility, kinds]);
  });

  it.each(['javascript:alert(1)', 'www.x.example', 'http://a b'])('does not link to %s', (address) => {
    expect(first(`7,Truck,,APPROVED,Tacos,,,,,,,${address}`).row.permitUrl).toBeNull();
  });

  it.each([
    ['0,0', 'no_place'],
    [',', 'no_place'],
    ['37.76,', 'bad_place'],
    ['north,west', 'bad_place'],
    ['48.1,11.5', 'outside_bounds'],
  ])('at %s is kept for the schedule to place', (place, reason) => {
    expect(first(`7,Truck,,APPROVED,Tacos,${place},,,,,`).row).toMatchObject({ place: null, placeFault: { reason } });
  });
});

describe('rows are dropped with their line and reason', () => {
  it('for each reason', () => {
    const { rows, dropped, rowsIn } = read(
      ',Truck,,APPROVED,Tacos,,,,,,,',
      '1,BSM - TEST1,,EXPIRED,Tacos,,,,,,,',
      '2,,,APPROVED,Tacos,,,,,,,',
      '3,Truck,,APPROVED,Tacos,,,,,,,',
      '3,Truck,,APPROVED,Tacos,,,,,,,',
    );
    expect(rows.map(({ id }) => id)).toEqual(['3']);
    expect(dropped.map(({ id, line, reason }) => [id, line, reason])).toEqual([
      [null, 2, 'no_id'],
      ['1', 3, 'test_record'],
      ['2', 4, 'no_name'],
      ['3', 6, 'duplicate_id'],
    ]);
    expect(rowsIn).toBe(5);
  });

  it('of rows with the same id, the fullest takes the descriptions of the others, and what it lacks', () => {
    const { rows, notes } = read(
      '3,Truck,,APPROVED,,,,01ST ST intersection,,,,',
      '3,Truck,,APPROVED,Tacos,37.76,-122.42,MARKET ST intersection,,,,',
      '3,Truck,,APPROVED,Soup,37.77,-122.43,01ST ST intersection,,,,',
    );
    expect(rows).toEqual([
      expect.objectContaining({
        line: 3,
        place: { lat: 37.76, lon: -122.42 },
        placeFault: null,
        foodText: 'Tacos',
        descriptions: ['01ST ST intersection', 'MARKET ST intersection'],
      }),
    ]);
    expect(notes.map(({ line, kind, detail }) => [line, kind, detail])).toEqual([
      [4, 'duplicate_conflict', 'place, foodText differ from line 3'],
    ]);
  });

  it('a second row with the same id but another vendor changes nothing and is noted', () => {
    const { rows, notes } = read('3,Truck,,APPROVED,Tacos,,,A,,,,', '3,Cart,,REQUESTED,Soup,37.76,-122.42,B,,,,');
    expect(rows).toEqual([expect.objectContaining({ vendorName: 'Truck', descriptions: ['A'], place: null })]);
    expect(notes).toEqual([expect.objectContaining({ id: '3', line: 3, kind: 'duplicate_conflict' })]);
  });

  it('kept and dropped rows add up for any mixture of rows', () => {
    const cell = fc.constantFrom(
      '',
      '1',
      '2',
      '3',
      'Truck',
      'BSM - TEST1',
      'APPROVED',
      '0',
      '37.76',
      '-122.42',
      '20240101',
      'x: y',
      '99/99/9999',
    );
    const line = fc.array(cell, { minLength: 12, maxLength: 12 }).map((cells) => cells.join(','));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const rowsWithText = lines.filter((text) => text.replaceAll(',', '') !== '');
        fc.pre(rowsWithText.length > 0);
        const { rows, dropped, rowsIn } = read(...rowsWithText);
        expect(rows.length + dropped.length).toBe(rowsIn);
        expect(new Set([...rows, ...dropped].map((row) => row.line)).size).toBe(rowsIn);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the data’s own date', () => {
  it('is the newest on which a permit was received or approved, never later than the reading', () => {
    const { asOf, notes } = read(
      '1,A,,APPROVED,Tea,,,,20240829,03/28/2024 12:00:00 AM,11/15/2025,',
      '2,B,,APPROVED,Tea,,,,20991231,,,',
      '3,C,,APPROVED,Tea,,,,soon,,,',
    );
    expect(asOf).toBe('2024-08-29');
    expect(notes.map(({ id, kind }) => [id, kind])).toEqual([
      ['2', 'future_date'],
      ['3', 'bad_date'],
    ]);
  });

  it('is unknown without dates, and then nothing expires', () => {
    const { asOf, rows } = read('1,A,,APPROVED,Tea,,,,,,11/15/2014,');
    expect([asOf, rows[0]?.status]).toEqual([null, 'approved']);
  });

  it.skipIf(noSharedData)('is the date in the name of every snapshot', () => {
    for (const file of PERMITS) {
      const { asOf } = readPermits(sanFrancisco, snapshot(file), { readAt: READ_AT });
      expect(file).toContain(asOf);
    }
  });
});

describe.skipIf(noSharedData)('real snapshots', () => {
  it.each([
    ['permits/permits-2013-06-25-711.csv', 696, { duplicate_id: 15 }, 55, 510],
    ['permits/permits-2015-05-13-689.csv', 674, { duplicate_id: 15 }, 50, 460],
    ['permits/permits-2017-06-19-764.csv', 753, { test_record: 11 }, 57, 399],
    ['permits/permits-2017-08-04-740.rows.json', 740, {}, 54, 403],
    ['permits/permits-2021-12-09-629.csv', 629, {}, 48, 60],
    ['permits/permits-2022-03-02-487.json', 487, {}, 34, 226],
    ['permits/permits-2024-08-29-489.csv', 489, {}, 34, 202],
  ])('%s: the measured counts', (file, kept, reasons, unplaced, approved) => {
    const { rows, dropped, notes } = readPermits(sanFrancisco, snapshot(file), { readAt: READ_AT });
    const counts: Record<string, number> = {};
    for (const { reason } of dropped) counts[reason] = (counts[reason] ?? 0) + 1;
    expect([rows.length, counts, notes]).toEqual([kept, reasons, []]);
    const without = rows.filter(({ place }) => place === null);
    expect(without.every(({ placeFault }) => placeFault?.reason === 'no_place')).toBe(true);
    const among = dropped.filter(({ reason }) => reason !== 'duplicate_id').length;
    expect(without.length).toBeGreaterThanOrEqual(unplaced - among - (counts.duplicate_id ?? 0));
    expect(without.length).toBeLessThanOrEqual(unplaced);
    const repeated = snapshot(file).rows.filter(({ cells }) => cells.get('status') === 'APPROVED').length;
    expect(repeated).toBe(approved);
    expect(rows.filter(({ status }) => status === 'approved').length).toBeLessThanOrEqual(approved);
  });

  it('the two exports of Vancouver are the same: 91 rows, 16 of them without a name', () => {
    const [comma, semicolon] = ['', '.semicolon-bom'].map((shape) =>
      readPermits(vancouver, snapshot(`other-cities/vancouver-food-vendors-2025-12${shape}.csv`), { readAt: READ_AT }),
    );
    expect(comma?.rows.length).toBe(91);
    const byId = (read: typeof comma) =>
      new Map(read?.rows.map(({ line: _line, ...row }) => [row.id, row] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(byId(semicolon)).toEqual(byId(comma));
    expect(comma?.notes).toEqual([]);
    expect(comma?.rows.every(({ place, status, area }) => place && status === 'approved' && area)).toBe(true);
    const unnamed = comma?.rows.filter(({ vendorName }) => vendorName.startsWith('Street food vendor '));
    expect(new Set(unnamed?.map(({ vendorName }) => vendorName)).size).toBe(16);
  });
});
