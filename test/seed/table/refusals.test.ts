import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../seed/load-errors.ts';
import { readTable } from '../../../seed/table/read-table.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function refusal(content: Uint8Array | string): SourceError {
  try {
    readTable(typeof content === 'string' ? bytes(content) : content, 'permits (list)');
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe.skipIf(noSharedData)('files that describe a table without being one', () => {
  it.each(['rqzj-sfat-metadata.json', 'jjew-r69b-metadata.json', 'rqzj-sfat-view-2017.json'])('text/%s', (name) => {
    expect(refusal(readFileSync(sharedData(`text/${name}`))).message).toMatch(
      /^permits \(list\): is a JSON object \(.*\), not a table: give/,
    );
  });
});

describe('anything but a table is refused with one sentence', () => {
  const packed = gzipSync(bytes('a,b\n1,2\n'));
  const flipped = Uint8Array.from(packed, (byte, i) => (i === packed.length - 6 ? byte ^ 0xff : byte));
  const again = '; fetch it again, or check that the address or file is the right one';
  it.each<[string, Uint8Array | string, string]>([
    ['an empty body', '', `permits (list): is empty${again}`],
    ['blanks', '\ufeff \r\n\n', `permits (list): is empty${again}`],
    [
      'an HTML page',
      '\n<!DOCTYPE html>\n<html><head><title>Scheduled\n maintenance</title>',
      'permits (list), line 1: is an HTML page ("Scheduled maintenance"), not data: open the address in a browser to see what it says, and use the address of the CSV or JSON export',
    ],
    [
      'XML',
      '<?xml version="1.0"?><Error/>',
      'permits (list), line 1: is an XML document, not data: open the address in a browser to see what it says, and use the address of the CSV or JSON export',
    ],
    [
      'a sentence',
      'Service unavailable',
      'permits (list), line 1: its first line, "Service unavailable", is not a table\'s header (no comma, semicolon, tab or | in it): give a CSV, JSON or GeoJSON file',
    ],
    [
      'a header alone',
      'name,city\n',
      'permits (list): has the columns name, city but no rows: check that the address or file is the right one and complete',
    ],
    [
      'an empty list',
      '[]',
      'permits (list): has an empty list: check that the address or file is the right one and complete',
    ],
    [
      'cut JSON',
      '[{"a":"1"},\n {"a":"2"',
      `permits (list), line 2, column 10: ends in the middle of its JSON: it was cut off${again}`,
    ],
    [
      'JSON cut in a string',
      '[{"a":"tac',
      `permits (list), line 1, column 11: ends in the middle of its JSON: it was cut off${again}`,
    ],
    [
      'JSON cut in a word',
      '[{"a":tr',
      `permits (list), line 1, column 9: ends in the middle of its JSON: it was cut off${again}`,
    ],
    [
      'wrong JSON',
      '[{"a":1},\n {"é":01}]',
      'permits (list), line 2, column 7: is not JSON: "01}]" where value should be; fetch it again',
    ],
    [
      'two JSON values on a line',
      '{"a":1} {"a":2}',
      'permits (list), line 1, column 9: is not JSON: "{"a":2}" where the end should be; fetch it again',
    ],
    [
      'JSON lines of which one is not JSON',
      '{"a":1}\n{"a":2}\n{"a":x}\n{"a":4}\n',
      'permits (list), line 3, column 6: is not JSON: "x}" where value should be; fetch it again',
    ],
    [
      'cut JSON lines',
      '{"a":1}\n{"a":2}\n{"a"',
      `permits (list), line 3, column 5: ends in the middle of its JSON: it was cut off${again}`,
    ],
    [
      'a Socrata error',
      '{"error":true,"message":"Not found"}',
      'permits (list): the publisher answered with an error instead of data ("Not found"): check the address',
    ],
    [
      'another Socrata error',
      '{"message":"Invalid SoQL query","errorCode":"query.compiler.malformed","data":{}}',
      'permits (list): the publisher answered with an error instead of data ("Invalid SoQL query"): check the address',
    ],
    [
      'an object',
      '{"a":1,"b":[]}',
      'permits (list): is a JSON object (a, b), not a table: give a list of objects, rows.json or a GeoJSON FeatureCollection',
    ],
    [
      'a list of numbers',
      '[{"a":1},2]',
      'permits (list): record 2 is 2, which is not a record of a table: give a list of objects',
    ],
    [
      'rows.json of unequal length',
      '{"meta":{"view":{"columns":[{"fieldName":"a"}]}},"data":[["1"],["1","2"]]}',
      'permits (list): record 2 has 2 values where meta.view.columns has 1 name: fetch it again',
    ],
    [
      'a field too many',
      'a,b\n"x\ny",2\n1,2,3\n',
      'permits (list), line 4: the row has 3 fields where the header has 2: quote fields that contain the delimiter, or fetch it again',
    ],
    [
      'a field too few',
      'a,b,c\n1,2\n1,2,3\n',
      'permits (list), line 2, column c: the row has 2 fields where the header has 3: quote fields that contain the delimiter, or fetch it again',
    ],
    [
      'CSV cut in a row',
      'a,b,c\n1,2,3\n1,ta',
      `permits (list), line 3, column b: ends in the middle of a row (has 2 fields where the header has 3): it was cut off${again}`,
    ],
    [
      'CSV cut in a quoted field',
      'a,b\n1,2\n1,"ta\nco',
      `permits (list), line 3, column b: ends inside a quoted field: it was cut off, or a quote is missing${again}`,
    ],
    [
      'a stray quote',
      'a,b\n1,2\n1,5" pipe\n',
      'permits (list), line 3, column b: has a quote in the middle of a field: write it twice and quote the whole field',
    ],
    [
      'damaged UTF-8',
      Buffer.concat([bytes('name,city\nJosé,'), Uint8Array.from([0xe9]), bytes('here\n')]),
      'permits (list), line 2: byte 0xE9 at offset 16 is not valid UTF-8: save or export it as UTF-8',
    ],
    [
      'bytes of no encoding',
      Buffer.concat([bytes('name,city\nJos'), Uint8Array.from([0x81]), bytes(',Here\n')]),
      'permits (list), line 2: byte 0x81 at offset 13 is not valid UTF-8: save or export it as UTF-8',
    ],
    [
      'damaged UTF-16',
      Buffer.concat([Buffer.from('\ufeffa,b\n1,', 'utf16le'), Uint8Array.from([0x00, 0xd8, 0x0a, 0x00])]),
      'permits (list): is damaged UTF-16 text: fetch it again, or export it as UTF-8',
    ],
    [
      'a ZIP',
      Buffer.from(`${'PK\x03\x04'.padEnd(26, '\0')}\x0b\0\0\0permits.csvrest`, 'latin1'),
      'permits (list): is a ZIP archive (with "permits.csv"): unpack it, and give the table that is in it',
    ],
    [
      'an Excel workbook',
      Buffer.from(`${'PK\x03\x04'.padEnd(26, '\0')}\x13\0\0\0[Content_Types].xmlrest`, 'latin1'),
      'permits (list): is an Excel workbook (.xlsx): export its sheet as CSV, with the encoding UTF-8',
    ],
    [
      'an old Excel workbook',
      Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
      'permits (list): is an Excel workbook of the old format (.xls): export its sheet as CSV, with the encoding UTF-8',
    ],
    ['binary', Buffer.from('ab,\0\x01'), 'permits (list): is a binary file (a zero byte at offset 3), not a table'],
    [
      'cut gzip',
      packed.subarray(0, packed.length - 4),
      `permits (list): ends in the middle of its gzip data: the download was cut off${again}`,
    ],
    ['damaged gzip', flipped, 'permits (list): is a damaged gzip file; fetch it again'],
  ])('%s', (_, content, message) => {
    expect(refusal(content).message).toBe(message);
  });

  it.each([1, 2, 3, 4, 5, 63, 64, 1000])(
    'names the offset of a bad byte after %i characters of 1 to 4 bytes',
    (count) => {
      const before = bytes(`a,b\n${'aé漢🌮'.repeat(count)}`);
      for (const bad of [[0xff], [0xc3], [0xe6, 0xbc], [0xf0, 0x9f, 0x8c]]) {
        const message = refusal(Buffer.concat([before, Uint8Array.from(bad), bytes(',x\n')])).message;
        expect(message).toContain(`at offset ${before.length} `);
      }
    },
  );

  const size = 100_000_000;
  it.each<[string, () => Uint8Array]>([
    ['one letter', () => Buffer.alloc(size, 'a')],
    ['brackets', () => Buffer.alloc(size, '[')],
    ['braces', () => Buffer.alloc(size, '{"a":')],
    ['numbers', () => Buffer.concat([bytes('['), Buffer.alloc(size, '1,')])],
    ['empty objects', () => Buffer.concat([bytes('['), Buffer.alloc(size, '{},')])],
    ['an open string', () => Buffer.concat([bytes('["'), Buffer.alloc(size, 'a')])],
    ['commas', () => Buffer.alloc(size, ',')],
    ['an open quote', () => Buffer.concat([bytes('a,b\n"'), Buffer.alloc(size, 'x,\n')])],
    ['short lines', () => Buffer.concat([bytes('a,b'), Buffer.alloc(size, '\n1,2')])],
    ['blank lines', () => Buffer.concat([bytes('a,b'), Buffer.alloc(size, '\n')])],
    ['blanks', () => Buffer.alloc(size, ' ')],
    ['zero bytes', () => Buffer.alloc(size)],
    ['bytes of no encoding', () => Buffer.alloc(size, Buffer.from([0x61, 0x2c, 0x0a, 0xfe, 0x80]))],
    ['a gzip bomb', () => gzipSync(Buffer.alloc(3 * size, ' '), { level: 1 })],
    ['more than the limit', () => Buffer.alloc(2 * size + 1)],
  ])('100 MB of %s', (_, make) => {
    expect(refusal(make()).message.length).toBeLessThan(300);
  });
});
