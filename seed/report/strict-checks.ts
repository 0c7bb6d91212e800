import type { LoadReport } from './report.ts';

/** How much of a source may be wrong before `--strict` refuses it, as shares of its rows. */
const MOST = {
  /** The city's own share of rows without a place is 7 to 8 % in all its snapshots from 2013 to 2024. */
  dropped: 0.15,
  /** Two snapshots taken three months apart share all but 33 % of the schedule's places, six weeks apart all but 16 %. */
  orphan: 0.25,
  /** Measured: 0 of the hours that are not cut off. */
  unparsed_hours: 0.01,
  bad_date: 0.01,
} as const;

/** What `--strict` refuses a load for: one sentence each, none when all is well. */
export function strictFaults(report: LoadReport): string[] {
  const faults: string[] = [];
  for (const [name, { rowsIn, dropped, notes, missingColumns, unknownColumns }] of Object.entries(report.sources)) {
    const { orphan = 0, ...others } = dropped;
    const lost = Object.values(others).reduce((sum, count) => sum + count, 0);
    const check = (count: number, limit: number, what: string) => {
      if (count > limit * rowsIn) faults.push(`${name}: ${count} of ${rowsIn} rows ${what}, over ${limit * 100} %`);
    };
    check(lost, MOST.dropped, 'were dropped');
    check(orphan, MOST.orphan, 'are for places that no permit has');
    check(notes.unparsed_hours?.length ?? 0, MOST.unparsed_hours, 'have hours that cannot be read');
    check(notes.bad_date?.length ?? 0, MOST.bad_date, 'have dates that cannot be read');
    if (missingColumns.length > 0) faults.push(`${name}: no column for ${missingColumns.join(', ')}`);
    if (unknownColumns.length > 0) faults.push(`${name}: unknown columns ${unknownColumns.join(', ')}`);
  }
  return faults;
}
