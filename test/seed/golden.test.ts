import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { sanFrancisco } from '../fixtures/cities.ts';
import { noSharedData } from '../fixtures/shared-data.ts';
import { droppedRows, LOADS, loadFiles } from './load-snapshot.ts';
import { counts } from './summary.ts';

type Raw = Readonly<Record<string, unknown>>;
/** A snapshot, read without the loader: names in lower case, one name for the id. */
function rawRows(path: string): Record<string, string>[] {
  const text = readFileSync(path, 'utf8');
  const rows: Raw[] = path.endsWith('.rows.json')
    ? arrays(JSON.parse(text))
    : path.endsWith('.json')
      ? JSON.parse(text)
      : parse(text, { columns: true });
  return rows.map((row) => {
    const cells = Object.entries(row).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]);
    const named = Object.fromEntries(cells) as Record<string, string>;
    return { ...named, id: named.objectid ?? named.locationid ?? '' };
  });
}

function arrays({ meta, data }: { meta: { view: { columns: { name: string }[] } }; data: unknown[][] }): Raw[] {
  const names = meta.view.columns.map(({ name }) => name);
  return data.map((values) => Object.fromEntries(names.map((name, at) => [name, values[at]])));
}

const isPlaced = ({ latitude, longitude }: Record<string, string>) => Number(latitude) !== 0 && Number(longitude) !== 0;

// The loader itself writes the numbers in test/seed/golden (`npm test -- golden vancouver --update`); those below are counted without it.
describe.skipIf(noSharedData)('every shared snapshot', () => {
  it.each(LOADS)('%s loads with the same counts as before', async (name, sources) => {
    const { release, report } = await loadFiles(sanFrancisco, sources);
    await expect(`${JSON.stringify(counts(release, report), null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.json`);

    const rows = rawRows(sources.permits ?? '');
    const scheduleRows = sources.schedule ? rawRows(sources.schedule) : [];
    const { permits, schedule } = report.sources;
    expect(permits?.rowsIn).toBe(rows.length);
    expect(schedule?.rowsIn).toBe(sources.schedule ? scheduleRows.length : undefined);
    for (const source of Object.values(report.sources)) expect(source.kept + droppedRows(source)).toBe(source.rowsIn);

    const scheduled = new Set(scheduleRows.filter(isPlaced).map(({ id }) => id));
    const real = rows.filter(({ applicant }) => !/^BSM - TEST/.test(applicant ?? ''));
    const expected = new Set(real.filter((row) => isPlaced(row) || scheduled.has(row.id ?? '')).map(({ id }) => id));
    const branches = release.vendors.flatMap((vendor) => vendor.branches);
    expect(new Set(branches.map(({ id }) => id))).toEqual(expected);
    expect(branches).toHaveLength(expected.size);
    expect(permits?.dropped.test_record ?? 0).toBe(rows.length - real.length);
    expect(permits?.dropped.duplicate_id ?? 0).toBe(real.length - new Set(real.map(({ id }) => id)).size);
    if (!schedule) return;
    const used = scheduleRows.filter(({ id }) => expected.has(id)).length;
    expect(schedule.kept).toBe(used);
    const ids = new Set(rows.map(({ id }) => id));
    expect(schedule.dropped.orphan ?? 0).toBe(scheduleRows.filter(({ id }) => !ids.has(id)).length);
  });
});
