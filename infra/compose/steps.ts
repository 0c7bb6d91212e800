import { performance } from 'node:perf_hooks';

/** A failed step. The message says what was observed. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

/** @throws StepError with this message unless the condition holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new StepError(message);
}

export type Steps = {
  /** Runs a step and prints its time, its name and the text that it returns, if any. @throws StepError with the step's name */
  run(name: string, step: () => Promise<unknown>): Promise<void>;
  /** The number of successful steps. */
  count(): number;
};

/** @param print receives one line for each step */
export function createSteps(print: (line: string) => void): Steps {
  let successful = 0;
  return {
    count: () => successful,
    async run(name, step) {
      const started = performance.now();
      const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      try {
        const result = await step();
        successful += 1;
        print(`ok   ${seconds()} s  ${name}${typeof result === 'string' ? `: ${result}` : ''}`);
      } catch (error) {
        print(`FAIL ${seconds()} s  ${name}`);
        throw new StepError(`${name}: ${(error as Error).message}`, { cause: error });
      }
    },
  };
}
