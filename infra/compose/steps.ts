import { performance } from 'node:perf_hooks';

/** A step has not done what it should: the sentence says what was seen instead. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

/** @throws StepError with the sentence unless the condition holds. */
export function must(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new StepError(sentence);
}

/** Runs the steps of a check one after the other, each with its time. */
export type Steps = {
  /** A sentence that the step returns is said beside its name. @throws StepError that names the step */
  run(name: string, act: () => Promise<unknown>): Promise<void>;
  /** Steps that went well. */
  count(): number;
};

/** `say` gets one line a step. */
export function createSteps(say: (line: string) => void): Steps {
  let done = 0;
  return {
    count: () => done,
    async run(name, act) {
      const started = performance.now();
      const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      try {
        const seen = await act();
        done += 1;
        say(`ok ${seconds()} s  ${name}${typeof seen === 'string' ? `: ${seen}` : ''}`);
      } catch (error) {
        say(`no ${seconds()} s  ${name}`);
        throw new StepError(`${name}: ${(error as Error).message}`, { cause: error });
      }
    },
  };
}
