import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../seed/table/read-table.ts';
import { foldColumn, type Table } from '../../../seed/table/table.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readTable(bytes(text), 'list.csv');
const cells = (table: Table) => table.rows.map((row) => Object.fromEntries(row.cells));

describe.skipIf(noSharedData)('real snapshots', () => {
  // Row counts: PROVENANCE.md. Columns: T1 of QUIRKS.md, without the 8 system columns of rows.json.
  const snapshots: [string, Table['shape'], number, number, string][] = [
    ['permits/permits-2013-06-25-711.csv', 'csv', 711, 23, 'ObjectID'],
    ['permits/permits-2015-05-13-689.csv', 'csv', 689, 23, 'locationid'],
    ['permits/permits-2017-06-19-764.csv', 'csv', 764, 24, 'locationid'],
    ['permits/permits-2017-08-04-740.rows.json', 'rows.json', 740, 24, 'objectid'],
    ['permits/permits-2021-12-09-629.csv', 'csv', 629, 29, 'locationid'],
    ['permits/permits-2022-03-02-487.json', 'json', 487, 29, 'objectid'],
    ['permits/permits-2024-08-29-489.csv', 'csv', 489, 29, 'locationid'],
    ['schedule/schedule-2017-06-4923.csv', 'csv', 4923, 24, 'DayOrder'],
    ['schedule/schedule-2022-01-2809.csv', 'csv', 2809, 24, 'DayOrder'],
    ['other-cities/vancouver-food-vendors-2025-12.csv', 'csv', 91, 9, 'KEY'],
    ['other-cities/vancouver-food-vendors-2025-12.semicolon-bom.csv', 'csv', 91, 9, 'KEY'],
    ['other-cities/boston-food-truck-schedule-2016-06-310.json', 'json', 310, 4, 'name'],
    ['geometry/sf-neighborhoods-analysis.min.geojson', 'geojson', 41, 2, 'name'],
    ['geometry/sf-land.min.geojson', 'geojson', 1, 2, 'name'],
  ];

  it.each(snapshots)('%s: its rows and columns, packed and unpacked', (name, shape, rows, columns, first) => {
    const file = readFileSync(sharedData(name));
    const table = readTable(file, name);
    expect(table).toMatchObject({ shape, warnings: [] });
    expect(table.rows).toHaveLength(rows);
    expect(table.columns).toHaveLength(columns);
    expect(table.columns[0]).toBe(first);
    expect(readTable(gzipSync(file), name)).toEqual(table);
  });

  it('gives each CSV row its line number', () => {
    const name = 'schedule/schedule-2017-06-4923.csv';
    const file = readFileSync(sharedData(name), 'utf8');
    const lines = file.split('\n');
    for (const row of readTable(bytes(file), name).rows) {
      expect(lines[row.line - 1]?.startsWith(`${row.cells.get('dayorder')},${row.cells.get('dayofweekstr')},`)).toBe(
        true,
      );
    }
  });

  it('reads the same rows from both exports of a city', () => {
    const [comma, semicolon] = ['', '.semicolon-bom'].map((suffix) => {
      const name = `other-cities/vancouver-food-vendors-2025-12${suffix}.csv`;
      const rows = cells(readTable(readFileSync(sharedData(name)), name));
      // The exports differ in their order.
      return rows.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
    });
    expect(comma).toEqual(semicolon);
  });
});

describe('columns', () => {
  it.each([
    ['FoodItems', 'fooditems'],
    ['food_items', 'fooditems'],
    [' Food Items ', 'fooditems'],
    [':@computed_region_yftq_j783', 'computedregionyftqj783'],
    ['Neighborhoods (old)', 'neighborhoodsold'],
    ['Dénomination', 'denomination'],
    ['名前', '名前'],
    ['--', ''],
  ])('%j folds to %j', (name, folded) => {
    expect(foldColumn(name)).toBe(folded);
  });

  it('reads two columns with the same folded name as one and warns', () => {
    const table = read('Food_Items,FoodItems,n\n,tacos,1\npho,pho,2\nbao,ramen,3\n');
    expect(cells(table)).toEqual([
      { fooditems: 'tacos', n: '1' },
      { fooditems: 'pho', n: '2' },
      { fooditems: 'bao', n: '3' },
    ]);
    expect(table.warnings).toEqual([
      'the columns "Food_Items", "FoodItems" are read as one: the first that is not blank counts; they differ in 1 row',
    ]);
  });

  it('warns that values in columns without a name are not read', () => {
    expect(read(',name,\n1,Ann,\n2,Bo,x\n').warnings).toEqual([
      '2 columns without a name, with values in 2 rows: they are not read',
    ]);
    expect(read('name,city,\nAnn,Here,\n').warnings).toEqual([]);
  });
});

describe('CSV', () => {
  it('reads all kinds of line ends within and between fields, and blank lines, with the right line numbers', () => {
    const table = read('\ufeffname,where\r\n\r\nAnn,"(1,\n2)"\r\n\n\nBo,"a\r\nb"\rCy,"say ""hi"""');
    expect(table.rows.map((row) => [row.line, ...Array.from(row.cells, ([, text]) => text)])).toEqual([
      [3, 'Ann', '(1,\n2)'],
      [7, 'Bo', 'a\r\nb'],
      [9, 'Cy', 'say "hi"'],
    ]);
  });

  it.each([
    ['a;b;c\n1,5;2;3\n2,5;2;3\n', ['a', 'b', 'c']],
    ['a, really;b\n1;2\n3;4\n', ['a, really', 'b']],
    ['a\tb, c, d\n1\t2\n', ['a', 'b, c, d']],
    ['"x;y;z",b\n1,2\n', ['x;y;z', 'b']],
    ['a|b\n1|2\n', ['a', 'b']],
  ])('detects the delimiter of %j', (text, columns) => {
    expect(read(text).columns).toEqual(columns);
  });

  const text = fc.string({ unit: fc.constantFrom(...Array.from('ab1 é漢🌮,;\t|"\'\n\r:{}[]<')), maxLength: 12 });
  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  const table = fc
    .uniqueArray(name, { minLength: 2, maxLength: 6 })
    .chain((names) =>
      fc.tuple(
        fc.constant(names),
        fc.array(fc.array(text, { minLength: names.length, maxLength: names.length }), { minLength: 1, maxLength: 8 }),
      ),
    );
  const expected = (names: string[], rows: string[][]) =>
    rows.map((row) =>
      Object.fromEntries(names.map((key, i) => [key, row[i]?.trim() ?? '']).filter(([, value]) => value !== '')),
    );

  it('reads back every written table, with each delimiter, line end and BOM', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        ([names, rows], delimiter, end, bom, all) => {
          const field = (value: string) =>
            all || /[,;\t|"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
          const line = (row: string[]) => row.map(field).join(delimiter);
          const read = readTable(bytes((bom ? '\ufeff' : '') + [names, ...rows].map(line).join(end)), 'any');
          expect(read.columns).toEqual(names);
          expect(cells(read)).toEqual(expected(names, rows));
        },
      ),
    );
  });

  it('reads back every table written as JSON, with and without blank cells', () => {
    fc.assert(
      fc.property(table, fc.boolean(), ([names, rows], blanks) => {
        const objects = rows.map((row) =>
          Object.fromEntries(names.map((key, i) => [key, row[i] ?? '']).filter(([, value]) => blanks || value !== '')),
        );
        expect(cells(readTable(bytes(JSON.stringify(objects, null, 1)), 'any'))).toEqual(expected(names, rows));
      }),
    );
  });
});

describe('JSON', () => {
  it('reads nested values as compact JSON, numbers and booleans as text, and skips null and blanks', () => {
    const table = read(
      '[{"id": 7, "up": true, "at": {"lat": "1", "lon": "2"}, "x": null, "y": " "}, {"id": 1.5, "list": [1, 2]}]',
    );
    expect(table.columns).toEqual(['id', 'up', 'at', 'x', 'y', 'list']);
    expect(table.rows.map((row) => row.line)).toEqual([1, 2]);
    expect(cells(table)).toEqual([
      { id: '7', up: 'true', at: '{"lat":"1","lon":"2"}' },
      { id: '1.5', list: '[1,2]' },
    ]);
  });

  it('skips system columns, keeps computed regions', () => {
    const names = [':sid', ':@computed_region_a', 'name'].map((fieldName) => ({ fieldName }));
    const table = read(JSON.stringify({ meta: { view: { columns: names } }, data: [[1, '28', 'Ann']] }));
    expect(table).toMatchObject({ shape: 'rows.json', columns: [':@computed_region_a', 'name'] });
    expect(cells(table)).toEqual([{ computedregiona: '28', name: 'Ann' }]);
    expect(cells(read('[{":id":"row-a","name":"Ann"}]'))).toEqual([{ name: 'Ann' }]);
  });

  it('reads the place of GeoJSON points, other geometries as JSON', () => {
    const feature = (properties: object | null, geometry: object | null) => ({ type: 'Feature', properties, geometry });
    const line = {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    };
    const features = [
      feature({ Name: 'Ann' }, { type: 'Point', coordinates: [-122.5, 37.5, 12] }),
      feature({ Name: 'Bo', lat: 'north' }, line),
      { ...feature(null, null), id: 5 },
    ];
    const table = read(JSON.stringify({ type: 'FeatureCollection', features }));
    expect(table.shape).toBe('geojson');
    expect(cells(table)).toEqual([
      { name: 'Ann', ':lat': '37.5', lat: '37.5', ':lon': '-122.5', lon: '-122.5' },
      { name: 'Bo', lat: 'north', ':geometry': JSON.stringify(line), geometry: JSON.stringify(line) },
      { ':id': '5', id: '5' },
    ]);
    expect(table.warnings).toEqual([]);
  });

  it('warns if a number was too long to keep its digits', () => {
    expect(read('[{"id":12345678901234567890}]').warnings).toEqual([
      '1 whole number beyond 2^53 lost digits: the source should write them as text',
    ]);
  });
});
