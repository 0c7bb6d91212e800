import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromCharset } from '../../../seed/table/encoding.ts';
import { readTable } from '../../../seed/table/read-table.ts';
import type { Table } from '../../../seed/table/table.ts';

const read = (content: string | Uint8Array) =>
  readTable(typeof content === 'string' ? new TextEncoder().encode(content) : content, 'list');
const cells = ({ rows }: Table) => rows.map((row) => Object.fromEntries(row.cells));
const json = (value: unknown) => read(JSON.stringify(value));

describe('encodings', () => {
  const text = 'name,city\nJosé Ñandú,Here\n漢,There\n';
  const names = [
    { name: 'José Ñandú', city: 'Here' },
    { name: '漢', city: 'There' },
  ];
  const swap = (raw: Buffer) => Buffer.from(raw).swap16();
  it.each<[string, Uint8Array]>([
    ['UTF-16LE with byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16LE without', Buffer.from(text, 'utf16le')],
    ['UTF-16BE with byte order mark', swap(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['UTF-16BE without', swap(Buffer.from(text, 'utf16le'))],
    ['UTF-16LE, gzipped', gzipSync(Buffer.from(text, 'utf16le'))],
    ['UTF-8', Buffer.from(text)],
  ])('%s is read without a warning', (_, content) => {
    const table = read(content);
    expect(cells(table)).toEqual(names);
    expect(table.warnings).toEqual([]);
    expect(table.rows.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('Windows-1252 is read, and a warning counts the characters that depend on the guess', () => {
    const table = read(Buffer.from('name,city\nAnn,Here\nJos\xe9 \x93Pepe\x94 \x80,There\n', 'latin1'));
    expect(cells(table)[1]).toEqual({ name: 'José “Pepe” €', city: 'There' });
    expect(table.warnings).toEqual([
      'is not UTF-8: it is read as Windows-1252; 4 characters beyond ASCII depend on that, the first on line 3',
    ]);
    expect(read(Buffer.from('[{"name":"Jos\xe9"}]', 'latin1')).warnings[0]).toContain(
      '1 character beyond ASCII depends',
    );
  });

  it('the charset that the server names applies to text that is not UTF-8', () => {
    const koi8 = Buffer.from('name,city\n\xf0\xc9\xd2\xcf\xc7,Here\n', 'latin1');
    expect(cells(read(fromCharset(koi8, 'koi8-r')))).toEqual([{ name: 'Пирог', city: 'Here' }]);
    const quoted = Buffer.from('name,city\n\x93Ann\x94,Here\n', 'latin1');
    expect(cells(read(fromCharset(quoted, 'ISO-8859-1')))).toEqual([{ name: '“Ann”', city: 'Here' }]);
    const utf8 = Buffer.from(text);
    expect(fromCharset(utf8, 'iso-8859-1')).toBe(utf8);
    expect(fromCharset(koi8, 'no-such-charset')).toBe(koi8);
  });
});

describe('CSV', () => {
  it.each([';', '|', '\t', '^'])('with sep=%s in its first line is split there', (delimiter) => {
    for (const hint of [`sep=${delimiter}`, `"sep=${delimiter}"`, `SEP=${delimiter}\r`]) {
      const table = read(`${hint}\nname${delimiter}food, drink\nAnn${delimiter}tacos, beer\n`);
      expect(cells(table)).toEqual([{ name: 'Ann', fooddrink: 'tacos, beer' }]);
      expect(table.rows[0]?.line).toBe(3);
    }
  });
});

describe('JSON of portals', () => {
  const people = [{ name: 'Ann' }, { name: 'Bob' }];
  it.each<[string, unknown]>([
    ['CKAN', { success: true, result: { resource_id: 'a', fields: [], records: people, total: 2 } }],
    ['Opendatasoft', { total_count: 2, results: people }],
    ['ArcGIS', { objectIdFieldName: 'name', features: people.map((attributes) => ({ attributes })) }],
    ['a list of features', people.map((properties) => ({ type: 'Feature', properties, geometry: null }))],
  ])('%s', (_, value) => {
    expect(cells(json(value))).toEqual(people);
  });

  it('ArcGIS: points, polygons and dates', () => {
    const features = [{ attributes: { name: 'Ann', expires: 1_751_846_400_000 }, geometry: { x: -122.41, y: 37.77 } }];
    const fields = [{ name: 'expires', type: 'esriFieldTypeDate' }];
    const ann = { name: 'Ann', expires: '2025-07-07T00:00:00.000Z', ':lat': '37.77', ':lon': '-122.41' };
    expect(cells(json({ features, fields, spatialReference: { wkid: 4326 } }))[0]).toMatchObject(ann);
    const mercator = [{ attributes: { name: 'Ann' }, geometry: { x: -13_626_618.9, y: 4_547_675.4 } }];
    const [projected] = cells(json({ features: mercator, spatialReference: { wkid: 102100, latestWkid: 3857 } }));
    expect(Number(projected?.[':lat'])).toBeCloseTo(37.7749, 4);
    expect(Number(projected?.[':lon'])).toBeCloseTo(-122.41, 2);
    const feet = json({ features: mercator, spatialReference: { wkid: 2227 } });
    expect(feet.warnings).toEqual([
      'the coordinates of 1 records are in another reference system: request them with outSR=4326',
    ]);
    const rings = [
      [
        [0, 0],
        [0, 1],
        [1, 1],
        [0, 0],
      ],
    ];
    const area = cells(json({ features: [{ attributes: { name: 'A' }, geometry: { rings } }] }));
    expect(JSON.parse(area[0]?.[':geometry'] ?? '')).toEqual({ type: 'Polygon', coordinates: rings });
  });

  it.each([
    ['newline-delimited JSON', '{"name":"Ann"}\n\n{"name":"Bob"}\n', [1, 3]],
    ['the same with CR LF', '{"name":"Ann"}\r\n{"name":"Bob"}', [1, 2]],
    [
      'a GeoJSON text sequence',
      ['Ann', 'Bob']
        .map((name) => `\x1e${JSON.stringify({ type: 'Feature', properties: { name }, geometry: null })}\n`)
        .join(''),
      [1, 2],
    ],
    [
      'newline-delimited GeoJSON',
      ['Ann', 'Bob']
        .map((name) => `${JSON.stringify({ type: 'Feature', properties: { name }, geometry: null })}\n`)
        .join(''),
      [1, 2],
    ],
  ])('%s', (_, text, lines) => {
    const table = read(text);
    expect(cells(table)).toEqual(people);
    expect(table.rows.map(({ line }) => line)).toEqual(lines);
  });
});
