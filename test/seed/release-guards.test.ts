import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRelease } from '../../seed/make-release.ts';
import { vancouver } from '../fixtures/cities.ts';
import { current, directory, failure, HEADER, permits, publish, rows, seed } from './commands.ts';
import { read } from './report/dirty-rows.ts';
import { READ_AT } from './tables.ts';

const OUT = () => ['--out', `${directory}/out`];
const REMEDY = 'If that is right: npm run seed -- --force';

/** Writes a table of permits, and returns its `--source`. */
async function table(lines: readonly string[], header = HEADER): Promise<string[]> {
  const path = join(directory, 'changed.csv');
  await writeFile(path, [header, ...lines, ''].join('\n'));
  return ['--source', `permits=${path}`];
}
async function schedule(count: number): Promise<string[]> {
  const path = join(directory, 'schedule.csv');
  const lines = Array.from({ length: count }, (_, id) => `${id},1,09:00,17:00`);
  await writeFile(path, ['locationid,DayOrder,start24,end24', ...lines, ''].join('\n'));
  return ['--source', await permits(60), '--source', `schedule=${path}`];
}

describe('a load that keeps no place', () => {
  const nowhere = rows(60).map((row) => row.replace(/37\.77,.*/, '0,0'));
  const elsewhere = nowhere.map((row, at) => (at < 20 ? row.replace(/0,0$/, '40.7,-74') : row));

  it.each([[[]], [['--force']]])('is not published, even as the first one, with %j', async (flags) => {
    const report = join(directory, 'report.json');
    expect(await failure(...(await table(elsewhere)), ...OUT(), '--report', report, ...flags)).toBe(
      'the new data has no place that can be shown: nothing was published. permits: 60 of 60 rows were dropped: ' +
        '40 no_place (such as no coordinates, or 0,0), 20 outside_bounds (such as latitude "40.7", longitude "-74").',
    );
    expect(await current()).toBeUndefined();
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ branches: 0 });
  });

  it('leaves the last release current', async () => {
    await publish(60, '--quiet');
    const before = await current();
    expect(await failure(...(await table(nowhere)), ...OUT())).toMatch(/no place that can be shown.*60 no_place/);
    expect(await current()).toEqual(before);
  });
});

describe('a load that loses more than half of what people see', () => {
  it('names the states if approved places are lost', async () => {
    await publish(60, '--quiet');
    const before = await current();
    const renamed = await table(rows(60).map((row) => row.replace('APPROVED', 'Active')));
    expect(await failure(...renamed, ...OUT())).toBe(
      "the new data has 0 approved places, fewer than half of the current release's 60 (the states are now 60 × active; " +
        `the city's file does not know 60 × "Active"): nothing was published. ${REMEDY}`,
    );
    expect(await current()).toEqual(before);
    expect((await seed(...renamed, ...OUT(), '--force', '--quiet')).code).toBe(0);
    expect((await current())?.vendors[0]?.branches[0]?.status).toBe('active');
  });

  it('is published if exactly half are left', async () => {
    await publish(60, '--quiet');
    const half = rows(60).map((row, at) => (at < 30 ? row.replace('APPROVED', 'EXPIRED') : row));
    expect((await seed(...(await table(half)), ...OUT(), '--quiet')).code).toBe(0);
    const less = half.map((row, at) => (at < 46 ? row.replace('APPROVED', 'EXPIRED') : row));
    expect(await failure(...(await table(less)), ...OUT())).toContain(
      "14 approved places, fewer than half of the current release's 30",
    );
  });

  it('says so if the food is blank', async () => {
    await publish(60, '--quiet');
    expect(await failure(...(await table(rows(60).map((row) => row.replace('Tacos', '')))), ...OUT())).toBe(
      "the new data has 0 vendors with food, fewer than half of the current release's 60 (60 vendors, most of them without " +
        `a dish or a kind of food): nothing was published. ${REMEDY}`,
    );
  });

  it('says how long the schedule is if hours are lost', async () => {
    expect((await seed(...(await schedule(60)), ...OUT(), '--quiet')).code).toBe(0);
    expect(await failure(...(await schedule(7)), ...OUT())).toBe(
      "the new data has 7 places with known hours, fewer than half of the current release's 60 (the schedule has 7 rows): " +
        `nothing was published. ${REMEDY}`,
    );
    expect(await failure('--source', await permits(60), ...OUT())).toContain('0 places with known hours');
  });

  it('lists why rows were dropped if places are lost', async () => {
    await publish(60, '--quiet');
    const lost = rows(60).map((row, at) => (at < 40 ? row.replace(/37\.77,.*/, '0,0') : row));
    expect(await failure(...(await table(lost)), ...OUT())).toBe(
      "the new data has 20 branches, fewer than half of the current release's 60: nothing was published. " +
        `permits: 40 of 60 rows were dropped: 40 no_place (such as no coordinates, or 0,0). ${REMEDY}`,
    );
  });
});

describe('states', () => {
  it('that the city’s file does not know are a fault with --strict', async () => {
    const header = `${HEADER},FacilityType,Address,LocationDescription,permit,Schedule,dayshours,Approved,ExpirationDate,Location`;
    const full = rows(60).map((row, at) => `${at < 2 ? row.replace('APPROVED', 'Active') : row},,,,,,,,,`);
    const said = await failure(...(await table(full, header)), ...OUT(), '--strict');
    expect(said).toBe(
      '--strict refuses this load, nothing was published:\n' +
        'permits: 2 of 60 rows have states that the city\'s file does not know: "Active"',
    );
    expect(await current()).toBeUndefined();
    expect((await seed(...(await table(full, header)), ...OUT(), '--quiet')).code).toBe(0);
  });

  it('without an approved place cause a warning on a first load', async () => {
    const { code, stdout } = await seed(
      ...(await table(rows(60).map((row) => row.replace('APPROVED', 'Active')))),
      ...OUT(),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('warning: permits: no place is approved (states: active): searches find nothing unless');
  });

  it('are approved in a city whose table has no column for them, and a warning says so', () => {
    const { permits: spec } = vancouver.sources;
    const required = spec.required.filter((field) => field !== 'status');
    const city = {
      ...vancouver,
      sources: { permits: { ...spec, columns: { ...spec.columns, status: [] }, required } },
    };
    const permits = read(
      'permits',
      'KEY,BUSINESS_NAME,DESCRIPTION,geo_point_2d',
      'A1,Ann,Tacos,"49.28, -123.1"',
      'A2,Bob,Soup,"49.28, -123.1"',
    );
    const { release, results, warnings } = makeRelease(
      city,
      { permits, schedule: null, areas: null, places: null },
      { origin: 'given', readAt: READ_AT },
    );
    expect(release.vendors.flatMap(({ branches }) => branches.map(({ status }) => status))).toEqual([
      'approved',
      'approved',
    ]);
    expect(warnings).toEqual([
      'permits: the table has no column for the state of a permit: all permits count as approved',
    ]);
    expect(results[0]?.notes).toEqual([]);
  });
});
