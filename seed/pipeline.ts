import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import { LoadError } from './load-error.ts';
import type { LoadReport } from './report/report.ts';
import { reportText } from './report/report-text.ts';

/** A release with fewer than this share of the branches before it is believed only when somebody insists. */
const LEAST_SHARE = 0.5;

export type PublishInput = {
  readonly release: Release;
  readonly report: LoadReport;
  readonly sink: Sink;
  /** Publishes even what has lost too much, or was rolled back from. */
  readonly force: boolean;
  /** What publishes it all the same, as an operator would write it. */
  readonly remedy?: string;
};

/** `refused`: it was rolled back from, so that the release before it stays. */
export type PublishOutcome = 'published' | 'unchanged' | 'refused';

/**
 * Publishes a release with its report, unless it has lost too much: a broken source must not empty the map.
 * @throws LoadError with both numbers when it has; the running release stays. @throws EngineError
 */
export async function publishRelease({
  release,
  report,
  sink,
  force,
  remedy = 'npm run seed -- --force',
}: PublishInput): Promise<PublishOutcome> {
  const before = await sink.current();
  if (before && !force) {
    if (before.refused.includes(release.version)) return 'refused';
    refuseShrunk(report.branches, before.branches, remedy);
  }
  return sink.publish(release, {
    'quality.json': `${JSON.stringify(report, null, 2)}\n`,
    'quality.txt': reportText(report),
  });
}

/**
 * @param remedy what publishes it all the same
 * @throws LoadError with both numbers when more than half of the branches would be lost.
 */
export function refuseShrunk(now: number, before: number, remedy: string): void {
  if (now >= before * LEAST_SHARE) return;
  throw new LoadError(
    `the new data has ${now} branches, fewer than half of the current release's ${before}: nothing was published. ` +
      `If that is right: ${remedy}`,
  );
}
