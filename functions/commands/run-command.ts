import { createProgress, type ProgressView } from '../../seed/progress.ts';
import { terminalText } from '../model/text/unsafe-characters.ts';
import { failureLine } from './failure-line.ts';

/** Where a command shows its progress, and says what it has done. */
export type CommandOutput = {
  readonly progress: ProgressView;
  /** Writes a line to the standard output. */
  readonly say: (text: string) => void;
};

/** Runs a command. What it throws becomes a line on the standard error and the exit code 1. */
export async function runCommand(command: (output: CommandOutput) => Promise<void>): Promise<void> {
  const progress = createProgress(process.stderr);
  const say = (text: string) => {
    progress.end();
    process.stdout.write(`${terminalText(text)}\n`);
  };
  try {
    await command({ progress, say });
  } catch (error) {
    progress.end();
    process.stderr.write(failureLine(error));
    process.exitCode = 1;
  }
}
