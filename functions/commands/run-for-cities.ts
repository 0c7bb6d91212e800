import { failureLine } from './failure-line.ts';

/**
 * Runs a command for one city after the other. If it fails for one of several, the others are still done, and the exit code is 1.
 * @param names as in `--city` @throws what the command throws for a single city
 */
export async function runForCities(names: readonly string[], command: (name: string) => Promise<void>): Promise<void> {
  for (const name of names) {
    try {
      await command(name);
    } catch (error) {
      if (names.length === 1) throw error;
      process.stderr.write(`${name}: ${failureLine(error)}`);
      process.exitCode = 1;
    }
  }
}
