import { describe, expect, it } from 'vitest';
import type { City } from '../../../seed/city.ts';
import { makeReport } from '../../../seed/report/report.ts';
import { strictFaults } from '../../../seed/report/strict-checks.ts';
import { readName } from '../../../seed/vendor/names.ts';
import { cityWithPermits } from '../../fixtures/minimal-city.ts';
import { csv, releaseOf } from '../tables.ts';

const COLUMNS = { name: 'Stall', address: 'Street', lat: 'Y', lon: 'X' } as const;
const HEADER = 'Stall,Street,Y,X,License,Site,Type';
const branchIds = (city: City, ...lines: string[]) =>
  releaseOf(city, csv(HEADER, ...lines)).release.vendors.flatMap(({ branches }) => branches.map(({ id }) => id));

describe('ids made from name and address', () => {
  const city = cityWithPermits({ columns: COLUMNS });
  const anna = 'Anna,1 Main St,40.5,-89.5,7,A,Truck';

  it('do not depend on the order of rows, on other rows, or on case, blanks and punctuation', () => {
    const [id] = branchIds(city, anna);
    expect(id).toMatch(/^anna-1-main-st-[0-9a-f]{10}$/);
    expect(branchIds(city, 'Bert,2 Main St,40.6,-89.6,8,B,Cart', anna)).toContain(id);
    expect(branchIds(city, 'ANNA,1 MAIN ST.,40.5001,-89.5,9,C,Truck')[0]).toBe(id);
  });

  it('differ by name, by address, and by coordinates where there is no address', () => {
    const ids = branchIds(
      city,
      anna,
      'Anna,2 Main St,40.5,-89.5,,,',
      'Bert,1 Main St,40.5,-89.5,,,',
      'Anna,,40.5,-89.5,,,',
      'Anna,,40.6,-89.5,,,',
    );
    expect(new Set(ids).size).toBe(5);
  });

  it('make one place of rows with the same ones, and report the others', () => {
    const { release, results } = releaseOf(city, csv(HEADER, anna, anna));
    expect(release.vendors.flatMap(({ branches }) => branches)).toHaveLength(1);
    expect(results[0]?.dropped).toMatchObject([{ reason: 'duplicate_id', line: 3 }]);
  });

  it('exist for names in any script', () => {
    const ids = branchIds(city, '包子铺,,40.5,-89.5,,,', 'Пельмени,,40.6,-89.6,,,');
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+-[0-9a-f]{10}$/);
  });
});

describe('ids made from several columns', () => {
  const city = cityWithPermits(
    { columns: COLUMNS },
    { ids: { from: 'columns', columns: ['License', ['Site', 'Spot']] } },
  );

  it('tell apart what one column does not, and are not ambiguous', () => {
    const ids = branchIds(
      city,
      'Anna,a,40.5,-89.5,7,A,',
      'Anna,a,40.5,-89.5,7,B,',
      'Anna,a,40.5,-89.5,7 A,,',
      'Anna,a,40.5,-89.5,,7 A,',
    );
    expect(new Set(ids).size).toBe(4);
    expect(ids).toContainEqual(expect.stringMatching(/^7-b-[0-9a-f]{10}$/));
  });

  it('need every column, by any of its names, and at least one cell', () => {
    expect(() => releaseOf(city, csv('Stall,Street,Y,X,License', 'Anna,a,40.5,-89.5,7'))).toThrow(
      /no column for "id column 2" \(tried Site, Spot\)/,
    );
    expect(releaseOf(city, csv(HEADER, 'Anna,a,40.5,-89.5,,,')).results[0]?.dropped).toMatchObject([
      { reason: 'no_id' },
    ]);
  });
});

describe('filters', () => {
  const filtered = (...filters: NonNullable<Parameters<typeof cityWithPermits>[0]['filters']>) =>
    releaseOf(
      cityWithPermits({ columns: COLUMNS, filters }),
      csv(HEADER, 'Anna,a,40.5,-89.5,,,Food Truck', 'Bert,b,40.5,-89.5,,,GROCERY', 'Cleo,c,40.5,-89.5,,,'),
    );
  const names = ({ release }: ReturnType<typeof filtered>) => release.vendors.map(({ name }) => name);

  it('keep or drop rows by the values of a column, without case', () => {
    expect(names(filtered({ column: 'Type', keep: ['food  truck'] }))).toEqual(['Anna']);
    expect(names(filtered({ column: 'Type', drop: ['Grocery'] }))).toEqual(['Anna', 'Cleo']);
    expect(names(filtered({ column: 'Type', drop: [''] }))).toEqual(['Anna', 'Bert']);
    expect(names(filtered({ column: 'Type', drop: [''] }, { column: 'Stall', keep: ['bert', 'cleo'] }))).toEqual([
      'Bert',
    ]);
  });

  it('are counted and reported, and are no fault with --strict', () => {
    const loaded = filtered({ column: 'Type', keep: ['Food Truck'] });
    expect(loaded.results[0]).toMatchObject({
      rowsIn: 3,
      dropped: [
        { line: 3, reason: 'filtered', detail: 'filter 1 of the city\'s file: "GROCERY"' },
        { line: 4, reason: 'filtered', detail: 'filter 1 of the city\'s file: ""' },
      ],
    });
    const faults = strictFaults(makeReport(loaded, loaded.warnings, undefined));
    expect(faults.filter((fault) => fault.includes('dropped'))).toEqual([]);
  });

  it('need their column', () => {
    expect(() => filtered({ column: 'Kind', keep: ['Food Truck'] })).toThrow(/no column for "filter 1" \(tried Kind\)/);
  });
});

describe('the order of names', () => {
  it.each([
    ['last-first', 'Garcia, Maria', 'Maria Garcia'],
    ['last-first', 'Pizza, Anna', 'Anna Pizza'],
    ['last-first', 'Smokin Grill, LLC', 'Smokin Grill, LLC'],
    ['last-first', 'Cart 5, Main St, Pier', 'Cart 5, Main St, Pier'],
    ['auto', 'Garcia, Maria', 'Maria Garcia'],
    ['auto', 'Pizza, Anna', 'Pizza, Anna'],
    ['as-written', 'Garcia, Maria', 'Garcia, Maria'],
  ] as const)('%s reads %j as %j', (order, written, shown) => {
    expect(readName(written, order).shown).toBe(shown);
  });

  it('is an option of the city’s file', () => {
    const table = csv(HEADER, '"Pizza, Anna",a,40.5,-89.5,,,');
    const nameIn = (order: 'last-first' | 'auto') =>
      releaseOf(cityWithPermits({ columns: COLUMNS }, { names: { order } }), table).release.vendors[0]?.name;
    expect([nameIn('last-first'), nameIn('auto')]).toEqual(['Anna Pizza', 'Pizza, Anna']);
  });
});

it('the order of dates is an option of the city’s file', () => {
  const expiry = (dateOrder: 'auto' | 'day-first') => {
    const city = cityWithPermits({ columns: { ...COLUMNS, expires: 'Until' } }, { dateOrder });
    const table = csv('Stall,Street,Y,X,Until', 'Anna,a,40.5,-89.5,03/04/2035');
    return releaseOf(city, table).release.vendors[0]?.branches[0]?.expires;
  };
  expect([expiry('auto'), expiry('day-first')]).toEqual(['2035-03-04', '2035-04-03']);
});
