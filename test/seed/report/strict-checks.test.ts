import { describe, expect, it } from 'vitest';
import type { LoadReport } from '../../../functions/model/quality-report.ts';
import { makeRelease } from '../../../seed/make-release.ts';
import { makeReport } from '../../../seed/report/report.ts';
import { strictFaults } from '../../../seed/report/strict-checks.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { LOADS, loadFiles, type Sources } from '../load-snapshot.ts';
import { READ_AT } from '../tables.ts';

import { ann, loaded, PERMITS, read, times } from './dirty-rows.ts';

describe('--strict', () => {
  const many = (count: number, line: string) =>
    Array.from({ length: count }, (_, at) => line.replace('1', String(at + 100)));
  const full = (permits: string[], schedule: string[] | null = null): LoadReport => {
    const report = makeReport(loaded(permits, schedule), []);
    // Missing columns would be a fault of these small tables.
    const sources = Object.entries(report.sources).map(([name, source]) => [name, { ...source, missingColumns: [] }]);
    return { ...report, sources: Object.fromEntries(sources) };
  };
  const nowhere = ann.replace('37.78,-122.41', '0,0');
  const unreadable = '1,Ann,Tacos,APPROVED,20240829,,whenever,37.78,-122.41';

  it.each<[string, LoadReport, string[]]>([
    ['15 % dropped', full([...many(85, ann), ...many(15, nowhere.replace('1,', '10001,'))]), []],
    [
      '16 % dropped',
      full([...many(84, ann), ...many(16, nowhere.replace('1,', '10001,'))]),
      ['permits: 16 of 100 rows were dropped, over 15 %'],
    ],
    ['1 % of hours unreadable', full([...many(99, ann), unreadable]), []],
    [
      '2 % of hours unreadable',
      full([...many(98, ann), unreadable, unreadable.replace('1', '2')]),
      ['permits: 2 of 100 rows have hours that cannot be read, over 1 %'],
    ],
    [
      '25 % orphans',
      full([ann], [...Array<string>(75).fill(times[0] ?? ''), ...Array<string>(25).fill(times[5] ?? '')]),
      [],
    ],
    [
      '26 % orphans',
      full([ann], [...Array<string>(74).fill(times[0] ?? ''), ...Array<string>(26).fill(times[5] ?? '')]),
      ['schedule: 26 of 100 rows are for places that no permit has, over 25 %'],
    ],
  ])('%s', (_, report, faults) => {
    expect(strictFaults(report)).toEqual(faults);
  });

  it('refuses missing and unknown columns', () => {
    const report = makeReport(
      makeRelease(
        sanFrancisco,
        { permits: read('permits', `${PERMITS},Paws`, `${ann},no`), schedule: null, areas: null, places: null },
        { origin: 'given', readAt: READ_AT },
      ),
      [],
    );
    expect(strictFaults(report)).toEqual([
      'permits: no column for address, description, facility, permit, permitUrl, approved, point',
      'permits: unknown columns Paws',
    ]);
  });

  it.skipIf(noSharedData).each(LOADS.map(([name, sources]): [string, Sources] => [name, sources]))(
    'accepts the real data of %s, except for known faults',
    async (name, sources) => {
      const { report } = await loadFiles(sanFrancisco, sources);
      const known: Record<string, string[]> = {
        '2013-06-25': ['permits: no column for hours'],
        '2015-05-13': ['permits: no column for hours'],
        '2022-03-02': ['schedule: 1135 of 2809 rows are for places that no permit has, over 25 %'],
      };
      expect(strictFaults(report)).toEqual(known[name] ?? []);
    },
  );
});
