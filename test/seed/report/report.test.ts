import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LoadReport, REPORT_REASONS } from '../../../functions/model/quality-report.ts';
import { makeReport } from '../../../seed/report/report.ts';
import { reportText, summary } from '../../../seed/report/report-text.ts';
import { droppedRows } from '../load-snapshot.ts';

import { ann, dirty, ids, loaded, times } from './dirty-rows.ts';

describe('the report', () => {
  const report = makeReport(loaded(dirty, times), ['permits: something']);
  const { permits, schedule } = report.sources;

  it('accounts for every row, with the ids for each reason', () => {
    expect(permits).toMatchObject({ rowsIn: 10, kept: 3 });
    expect(permits?.dropped).toEqual({
      bad_place: 1,
      duplicate_id: 1,
      no_id: 1,
      no_name: 1,
      no_place: 1,
      outside_bounds: 1,
      test_record: 1,
    });
    const rows = Object.entries(permits?.droppedRows ?? {}).map(([reason, entries]) => [reason, ids(entries)]);
    expect(Object.fromEntries(rows)).toEqual({
      bad_place: ['5'],
      duplicate_id: ['2'],
      no_id: [null],
      no_name: ['7'],
      no_place: ['3'],
      outside_bounds: ['4'],
      test_record: ['6'],
    });
    expect(schedule).toMatchObject({ rowsIn: 6, kept: 1 });
    expect(schedule?.dropped).toEqual({ bad_day: 1, bad_time: 1, no_id: 1, orphan: 1, permit_dropped: 1 });
    expect(ids(schedule?.droppedRows.orphan)).toEqual(['99']);
    expect(ids(schedule?.droppedRows.permit_dropped)).toEqual(['6']);
  });

  it('notes rows that are kept but doubtful', () => {
    expect(ids(permits?.notes.unparsed_hours)).toEqual(['8']);
    expect(permits?.notes.bad_date?.[0]).toMatchObject({ id: '8', line: 11, detail: 'expires: "some day"' });
    expect(report.stacked).toEqual([{ lat: 37.78, lon: -122.41, ids: ['1', '2'] }]);
    expect(report.hours).toEqual({ schedule: 1, permit: 1, none: 1 });
    expect(report.warnings).toEqual([
      'permits: something',
      'permits: no column for address, description, facility, permit, permitUrl, approved, point',
      'schedule: no column for coldTruck, name, description, point',
    ]);
  });

  it('has the same content as text', () => {
    const text = reportText(report);
    expect(text).toContain('10 rows = 3 kept + 7 dropped');
    expect(text).toContain('6 rows = 1 kept + 5 dropped');
    for (const [reason, count] of Object.entries({ ...permits?.dropped, ...schedule?.dropped })) {
      expect(text).toContain(`  dropped, ${reason}: ${count}\n`);
    }
    expect(text).toContain('line 6, id 4: ');
    for (const warning of report.warnings) expect(text).toContain(`warning: ${warning}\n`);
    expect(text).toContain('points shared by several places: 1, at most 2 on one');
  });

  it('has the differences from the last release', () => {
    const before = loaded([
      ann,
      '2,Bob,Soup,APPROVED,20240829,,,37.78,-122.41',
      '3,Cat,Pie,APPROVED,20240829,,,37.77,-122.4',
    ]);
    const after = loaded([
      ann,
      '3,Cat,Pies,APPROVED,20240829,,,37.77,-122.4',
      '4,Dan,Ham,APPROVED,20240829,,,37.76,-122.4',
    ]);
    const named = (name: string) => ({
      id: [...before.release.vendors, ...after.release.vendors].find((one) => one.name === name)?.id,
      name,
    });
    expect(makeReport(after, [], before.release).difference).toEqual({
      from: before.release.version,
      addedVendors: [named('Dan')],
      removedVendors: [named('Bob')],
      changedVendors: [{ ...named('Cat'), fields: ['items'] }],
      addedBranches: ['4'],
      removedBranches: ['2'],
    });
    expect(reportText(makeReport(after, [], before.release))).toContain(
      [
        `against ${before.release.version}: vendors +1 -1, 1 changed, places +1 -1`,
        '    added: Dan',
        '    removed: Bob',
        '    changed: Cat (items)\n',
      ].join('\n'),
    );
    expect(makeReport(after, []).difference).toBeNull();
  });

  it('says what changed in a place, and ignores what is beyond 0.1 m', () => {
    const before = loaded([ann, '2,Bob,Soup,APPROVED,20240829,20250101,,37.7801101135023,-122.41']);
    const after = loaded([ann, '2,Bob,Soup,APPROVED,20240829,20260101,,37.780110113502285,-122.4100000001']);
    const { changedVendors } = makeReport(after, [], before.release).difference ?? {};
    expect(changedVendors).toEqual([expect.objectContaining({ name: 'Bob', fields: ['place.expires'] })]);
    const moved = loaded([
      ann,
      '2,Bob,Soup,APPROVED,20240829,20250101,,37.78012,-122.41',
      '9,Bob,,APPROVED,,,,37.78,-122.41',
    ]);
    expect(makeReport(moved, [], before.release).difference?.changedVendors).toMatchObject([
      { name: 'Bob', fields: ['places', 'place.position'] },
    ]);
  });

  it('names the vendor, the address and the state of each row, and explains each reason', () => {
    const rows = [...dirty, '9,Zed,N/A,Pending?,20240829,,,37.7,-122.41'];
    const described = makeReport(loaded(rows, times), []);
    expect(described.sources.permits?.droppedRows.no_place).toEqual([
      { id: '3', line: 5, vendor: 'Bob', address: null, state: 'APPROVED', detail: 'no coordinates, or 0,0' },
    ]);
    const text = reportText(described);
    expect(text).toContain('line 5, id 3: Bob · APPROVED · no coordinates, or 0,0\n');
    expect(text).toContain('line 12, id 9: Zed · Pending? · "Pending?"');
    for (const [name, { dropped, notes }] of Object.entries(described.sources)) {
      for (const reason of [...Object.keys(dropped), ...Object.keys(notes)]) {
        expect(described.reasons[reason], `${name} ${reason}`).toMatch(/^[A-Z].*\.$/);
        expect(text).toContain(
          `${reason}: ${(dropped[reason] ?? notes[reason]?.length) as number}\n    ${described.reasons[reason]}\n`,
        );
      }
    }
  });

  it('has a sentence for every reason in the code, and no other', () => {
    const code = ['record', 'vendor', '.']
      .flatMap((folder) => readdirSync(`seed/${folder}`).map((file) => `seed/${folder}/${file}`))
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const named = code.matchAll(
      /(?:drop|note|addNote)\(\s*'([a-z_]+)'|\b(?:reason|kind): '([a-z]+_[a-z_]+)'|reason: '(orphan)'/g,
    );
    const used = new Set(Array.from(named, ([, first, second, third]) => first ?? second ?? third ?? ''));
    expect([...used].filter((reason) => !Object.hasOwn(REPORT_REASONS, reason))).toEqual([]);
    for (const reason of Object.keys(REPORT_REASONS)) expect(code, reason).toContain(reason.replace(/^schedule_/, ''));
  });

  it('has a one-line summary with the same counts', () => {
    expect(summary(loaded(dirty, times).release)).toBe(
      'Total trucks loaded: 2 vendors in 3 places, from permits.csv, schedule.csv, as of 2024-08-29; ' +
        'dropped rows: 7 of 10 permits, 5 of 6 schedule',
    );
  });
});

describe('for any rows in any order', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '1',
      '2',
      '37.78',
      '-122.41',
      'NaN',
      'APPROVED',
      'BSM - TEST1',
      'Ann',
      'Ann dba Bob',
      '24:00',
      '09:00',
    ),
    fc.constantFrom(
      'Mo-Fr:9AM-5PM',
      '20240829',
      '08/29/2024 12:00:00 AM',
      '2999-01-01',
      '"a ""b"" c"',
      '1e400',
      '__proto__',
      'constructor',
    ),
    fc.stringMatching(/^[\w .:;/&()-]{0,12}$/),
  );
  const rowOf = (cells: number, valid: string) =>
    fc.oneof(
      fc.constant(valid),
      fc.nat(30).map((id) => valid.replace(/^\d+/, String(id))),
      fc.array(cell, { minLength: cells, maxLength: cells }).map((values) => `x${values.join(',')}`.slice(1)),
    );
  it('kept and dropped rows add up, and the kept permits are the branches', () => {
    fc.assert(
      fc.property(
        fc.array(rowOf(9, ann), { minLength: 1, maxLength: 40 }),
        fc.array(rowOf(7, times[0] ?? ''), { minLength: 1, maxLength: 40 }),
        (permitRows, scheduleRows) => {
          const result = loaded(permitRows, scheduleRows);
          const report = JSON.parse(JSON.stringify(makeReport(result, []))) as LoadReport;
          for (const source of Object.values(report.sources)) {
            expect(source.kept + droppedRows(source)).toBe(source.rowsIn);
            for (const [reason, count] of Object.entries(source.dropped)) {
              expect(source.droppedRows[reason]).toHaveLength(count);
            }
            // No row is dropped twice.
            const lines = Object.values(source.droppedRows).flatMap((rows) => rows.map(({ line }) => line));
            expect(new Set(lines).size).toBe(lines.length);
          }
          expect(report.sources.permits?.kept).toBe(report.branches);
          const branchIds = result.release.vendors.flatMap(({ branches }) => branches.map(({ id }) => id));
          expect(new Set(branchIds).size).toBe(branchIds.length);
          expect(result.release.accounts.map(({ rowsIn, kept }) => [rowsIn, kept])).toEqual(
            Object.values(report.sources).map(({ rowsIn, kept }) => [rowsIn, kept]),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
