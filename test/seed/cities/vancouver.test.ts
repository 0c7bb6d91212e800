import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { releaseText } from '../../../functions/model/release.ts';
import { strictFaults } from '../../../seed/report/strict-checks.ts';
import { vancouver } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { loadFiles, VANCOUVER } from '../load-snapshot.ts';
import { counts } from '../summary.ts';

const directory = mkdtemp(`${tmpdir()}/curbside-vancouver-`);
afterAll(async () => rm(await directory, { recursive: true }));

type Raw = Readonly<Record<string, string>>;
const [commas = '', semicolons = ''] = VANCOUVER;
const rows = noSharedData ? [] : parse<Raw>(readFileSync(commas), { columns: true });

describe.skipIf(noSharedData)('the second city: another schema, no schedule, no dates, coordinates as text', () => {
  it('loads with the same counts as before', async () => {
    const days = [new Date().toISOString().slice(0, 10)];
    const { release, report } = await loadFiles(vancouver, { permits: commas });
    days.push(new Date().toISOString().slice(0, 10));
    const { asOf, ...golden } = counts(release, report);
    // The day of reading, not of the file.
    expect(days).toContain(asOf);
    await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot('../golden/vancouver.json');
  });

  it('has the same release from both exports of the portal', async () => {
    const [one, other] = [
      await loadFiles(vancouver, { permits: commas }),
      await loadFiles(vancouver, { permits: semicolons }),
    ];
    expect(other.release.version).toBe(one.release.version);
    expect(releaseText(other.release)).toBe(releaseText(one.release));
    expect(one.report.difference).toBeNull();
    const { report } = await loadFiles(vancouver, { permits: semicolons }, one.release);
    expect(report.difference).toMatchObject({ addedVendors: [], removedVendors: [], changedVendors: [] });
  });

  it('has the same release from the portal’s JSON, whose points are Features and {lon, lat}', async () => {
    const records = rows.map(({ Geom, geo_point_2d = '', ...row }) => {
      const [lat, lon] = geo_point_2d.split(',').map(Number);
      const cells = Object.entries(row).map(([name, value]) => [name.toLowerCase(), value || null]);
      const geom = { type: 'Feature', geometry: JSON.parse(Geom ?? ''), properties: {} };
      return { ...Object.fromEntries(cells), geom, geo_point_2d: { lon, lat } };
    });
    const expected = (await loadFiles(vancouver, { permits: commas })).release.vendors;
    for (const [name, written] of [
      ['both', records],
      ['the Feature', records.map(({ geo_point_2d, ...record }) => record)],
    ] as const) {
      const path = join(await directory, `${name}.json`);
      await writeFile(path, JSON.stringify(written));
      expect((await loadFiles(vancouver, { permits: path })).release.vendors, name).toEqual(expected);
    }
    const path = join(await directory, 'point.json');
    await writeFile(path, JSON.stringify(records.map(({ geom, ...record }) => record)));
    const { report } = await loadFiles(vancouver, { permits: path });
    expect(report.sources.permits).toMatchObject({ kept: 91, dropped: {} });
  });

  it('keeps every row at its place', async () => {
    const { release, report } = await loadFiles(vancouver, { permits: commas });
    expect(report.sources.permits).toMatchObject({ rowsIn: rows.length, kept: rows.length, dropped: {} });
    const branches = new Map(release.vendors.flatMap((vendor) => vendor.branches.map((one) => [one.id, one] as const)));
    expect(branches.size).toBe(91);
    for (const { KEY = '', geo_point_2d = '', GEO_LOCALAREA, LOCATION } of rows) {
      const [lat = 0, lon = 0] = geo_point_2d.split(',').map(Number);
      const found = branches.get(KEY);
      expect(found?.lat).toBeCloseTo(lat, 5);
      expect(found?.lon).toBeCloseTo(lon, 5);
      expect(found).toMatchObject({ area: GEO_LOCALAREA, address: LOCATION, hours: { source: 'none', week: [] } });
      expect(found?.expires).toBeNull();
    }
  });

  it('has one vendor for each row without a name, with its food', async () => {
    const { release } = await loadFiles(vancouver, { permits: commas });
    const unnamed = rows.filter(({ BUSINESS_NAME }) => !BUSINESS_NAME).map(({ KEY }) => `Street food vendor ${KEY}`);
    expect(unnamed).toHaveLength(16);
    const names = release.vendors.map(({ name }) => name);
    expect(names.filter((name) => /^Street food vendor/.test(name)).sort()).toEqual(unnamed.sort());
    const hotDogs = release.vendors.filter(({ categories }) => categories.includes('hot_dogs'));
    const keys = rows.filter(({ DESCRIPTION }) => /hot ?dog/i.test(DESCRIPTION ?? '')).map(({ KEY }) => KEY);
    const found = hotDogs.flatMap(({ branches }) => branches.map(({ id }) => id));
    expect(keys.length).toBeGreaterThanOrEqual(31);
    expect(found).toEqual(expect.arrayContaining(keys));
  });

  it('passes --strict', async () => {
    expect(strictFaults((await loadFiles(vancouver, { permits: semicolons })).report)).toEqual([]);
  });
});
