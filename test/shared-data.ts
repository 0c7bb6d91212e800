import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Real snapshots of the city's data. They are not part of the project; tests that need them read them from `shared/data` beside the
 * checkout, or from CURBSIDE_TEST_DATA.
 */
const directory = process.env.CURBSIDE_TEST_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));
const present = existsSync(`${directory}/permits`);

if (!present && process.env.CI === 'true') {
  throw new Error(`the real snapshots are not at ${directory}: in CI that is a failure; set CURBSIDE_TEST_DATA`);
}
if (!present) console.warn(`skipped: tests on real snapshots; put them at ${directory} or set CURBSIDE_TEST_DATA`);

/** For `describe.skipIf`. */
export const noSharedData = !present;

/** The path of one snapshot: `permits/permits-2024-08-29-489.csv`. */
export function sharedData(name: string): string {
  return `${directory}/${name}`;
}
