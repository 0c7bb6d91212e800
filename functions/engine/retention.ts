/** Previous releases that a sink keeps for a rollback. */
export const KEPT_RELEASES = 2;

/** Versions rolled back from that a sink remembers, so that a scheduled load does not publish them again. */
const MAX_REFUSED = 20;

/** Versions that stay refused after `version` is published: an operator who publishes a refused version accepts it again. */
export function refusedAfterPublish(refused: readonly string[], version: string): string[] {
  return refused.filter((other) => other !== version).slice(0, MAX_REFUSED);
}

/** Versions that are refused after a rollback, newest first. */
export function refusedAfterRollback(refused: readonly string[], from: string, to: string): string[] {
  return [...new Set([from, ...refused])].filter((version) => version !== to);
}
