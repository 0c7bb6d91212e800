import type { LoadReport } from '../../functions/model/quality-report.ts';

/** The most that may be wrong with a source, as shares of its rows. */
const MAX_SHARE = {
  /** 7 to 8 % of the permits have no place in all snapshots from 2013 to 2024. */
  dropped: 0.15,
  /** Of the schedule's places, 33 % are orphans if the permits are three months older or newer, 16 % at six weeks. */
  orphan: 0.25,
  /** Measured: 0, apart from cut-off hours. */
  unparsed_hours: 0.01,
  bad_date: 0.01,
} as const;

/** The reasons for `--strict` to refuse a load, one sentence each; empty if all is well. */
export function strictFaults(report: LoadReport): string[] {
  const faults: string[] = [];
  for (const [name, source] of Object.entries(report.sources)) {
    const { rowsIn, dropped, notes, missingColumns, unknownColumns } = source;
    // The city's file asks for filtered rows to be dropped.
    const { orphan = 0, filtered: _filtered, duplicate_id: duplicates = 0, ...others } = dropped;
    // A table that is the schedule as well has a row for each of a place's hours.
    const isSchedule = name === 'permits' && report.sources.schedule?.from === source.from;
    const lost = Object.values(others).reduce((sum, count) => sum + count, isSchedule ? 0 : duplicates);
    const check = (count: number, limit: number, fault: string) => {
      if (count > limit * rowsIn) faults.push(`${name}: ${count} of ${rowsIn} rows ${fault}, over ${limit * 100} %`);
    };
    check(lost, MAX_SHARE.dropped, 'were dropped');
    check(orphan, MAX_SHARE.orphan, 'are for places that no permit has');
    check(notes.unparsed_hours?.length ?? 0, MAX_SHARE.unparsed_hours, 'have hours that cannot be read');
    check(notes.bad_date?.length ?? 0, MAX_SHARE.bad_date, 'have dates that cannot be read');
    const states = [...new Set(notes.unknown_status?.map(({ detail }) => detail))].sort();
    if (states.length > 0) {
      const count = notes.unknown_status?.length;
      faults.push(
        `${name}: ${count} of ${rowsIn} rows have states that the city's file does not know: ${states.slice(0, 10).join(', ')}`,
      );
    }
    if (missingColumns.length > 0) faults.push(`${name}: no column for ${missingColumns.join(', ')}`);
    if (unknownColumns.length > 0) faults.push(`${name}: unknown columns ${unknownColumns.join(', ')}`);
  }
  return faults;
}
