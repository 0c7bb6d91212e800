import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import { LoadError } from './load-error.ts';
import type { LoadReport } from './report/report.ts';
import { reportText } from './report/text.ts';

/** A release with fewer than this share of the places before it is believed only when somebody insists. */
const LEAST_SHARE = 0.5;

export type PublishInput = {
  readonly release: Release;
  readonly report: LoadReport;
  readonly sink: Sink;
  /** Publishes even a release that has lost more than half of its places. */
  readonly force: boolean;
};

/**
 * Publishes a release with its report, unless it has lost too much: a broken source must not empty the map.
 * @throws LoadError with both numbers when it has; the running release stays. @throws EngineError
 */
export async function publishRelease({
  release,
  report,
  sink,
  force,
}: PublishInput): Promise<'published' | 'unchanged'> {
  const before = await sink.current();
  if (before && !force && report.branches < before.branches * LEAST_SHARE) {
    throw new LoadError(
      `the new data has ${report.branches} places, the current release ${before.branches}: nothing was published. ` +
        'If that is right, publish it with --force',
    );
  }
  if (before?.refused === release.version && !force) {
    throw new LoadError(
      `the data is still ${release.version}, which was rolled back from: nothing was published. --force publishes it`,
    );
  }
  return sink.publish(release, {
    'quality.json': `${JSON.stringify(report, null, 2)}\n`,
    'quality.txt': reportText(report),
  });
}

/** How much of a source may be wrong before `--strict` refuses it, as shares of its rows. */
const STRICT = {
  /** The city's own share of rows without a place is 7 to 8 % in all its snapshots from 2013 to 2024. */
  dropped: 0.15,
  /** Measured: 0 of the hours that are not cut off. */
  unparsed_hours: 0.01,
  /** Two snapshots taken six weeks apart share all but 16 % of the schedule's places. */
  orphan: 0.25,
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
    check(lost, STRICT.dropped, 'dropped');
    check(orphan, STRICT.orphan, 'are for places that no permit has');
    check(notes.unparsed_hours?.length ?? 0, STRICT.unparsed_hours, 'have hours that cannot be read');
    if (missingColumns.length > 0) faults.push(`${name}: no column for ${missingColumns.join(', ')}`);
    if (unknownColumns.length > 0) faults.push(`${name}: unknown columns ${unknownColumns.join(', ')}`);
  }
  return faults;
}
