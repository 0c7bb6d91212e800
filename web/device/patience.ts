import { recall } from './remembered.ts';

/** A server that has not answered after this long counts as unreachable. */
const TIMEOUT_MS = 15_000;
/** The same on a device that has kept a release, from which the page answers then. */
const KEPT_TIMEOUT_MS = 8_000;

/** How long the page waits for an answer of a server, milliseconds. */
export function patienceMs(): number {
  return recall('release') === null ? TIMEOUT_MS : KEPT_TIMEOUT_MS;
}
