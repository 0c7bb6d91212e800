import { truncate } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { failure, file } from './city-command.ts';

describe('npm run city -- try, with a table that cannot be used', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty.csv', '', /empty\.csv: is empty/],
    [
      'page.csv',
      '<!DOCTYPE html><title>Sign in</title>',
      /is an HTML page \("Sign in"\), not data: open the address in a browser.*use the address of the CSV or JSON export/,
    ],
    [
      'sheet.xlsx',
      zipSync({ '[Content_Types].xml': new Uint8Array(3) }),
      /is an Excel workbook \(\.xlsx\): export its sheet as CSV/,
    ],
    ['data.zip', zipSync({ 'vendors.shp': new Uint8Array(3) }), /is a ZIP archive \(with "vendors\.shp"\): unpack it/],
    [
      'damaged.csv',
      Buffer.from('name,lat,lon\nCaf\u00e9 \u00e9,1,2\n\x81,1,2\n', 'latin1'),
      /is not valid UTF-8: save or export it as UTF-8/,
    ],
    [
      'metres.csv',
      'name,x,y\nA,-13627665.3,4547675.4\nB,-13627666.3,4547676.4\n',
      /look like metres of Web Mercator \(EPSG:3857\).*WGS 84 \(EPSG:4326\)/,
    ],
    [
      'addresses.csv',
      'name,where\nA,12 Main St\nB,14 Oak Ave\n',
      /has no coordinates.*"where" looks like addresses.*Add two columns "latitude" and "longitude"/,
    ],
  ])('says what is wrong with %s, and what to do', async (name, content, sentence) => {
    expect(await failure('try', await file(name, content), '--yes', '--no-serve')).toMatch(sentence);
  });

  it('reads no more than 200 MB', async () => {
    const path = await file('large.csv', 'name,lat,lon\n');
    await truncate(path, 200_000_001);
    expect(await failure('try', path)).toMatch(
      /large\.csv: is larger than 200 MB, the limit for a source: check that it is the right one$/,
    );
  });
});
