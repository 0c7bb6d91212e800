import { spawnSync } from 'node:child_process';

/** For `describe.skipIf`. Says how to get what is missing, and with CI=true throws instead. */
export function areToolsMissing(exist: boolean, what: string, howTo = 'run npm run clients'): boolean {
  if (exist) return false;
  if (process.env.CI === 'true') throw new Error(`missing in CI: ${what}; ${howTo}`);
  console.warn(`skipped: tests of generated clients that need ${what}; ${howTo}`);
  return true;
}

/** Whether a program exists and answers. */
export function runs(program: string, argument: string): boolean {
  return spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;
}
