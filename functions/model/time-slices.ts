/** How long a computation may keep other requests waiting, milliseconds. */
const SLICE_MS = 8;

/** What happens between two slices; it may throw, which ends the computation. */
export type BetweenSlices = () => void;

/** Lets a long computation give way to other requests. */
export type TimeSlices = {
  /** Whether the slice is used up. Cheap enough to ask in every round of a loop. */
  isOver(): boolean;
  /** Lets other requests run, and begins another slice. */
  next(): Promise<void>;
};

export function timeSlices(between: BetweenSlices = () => {}): TimeSlices {
  let startedAt = performance.now();
  return {
    isOver: () => performance.now() - startedAt > SLICE_MS,
    next: async () => {
      await turnOfLoop();
      startedAt = performance.now();
      between();
    },
  };
}

/** A computation in steps; after each it may give way to other requests. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/**
 * Runs a computation in slices. One that ends within its first slice has its result at once: awaiting a promise would take a tenth of the time of
 * the shortest searches.
 */
export function inSlices<Result>(steps: Steps<Result>): Result | Promise<Result> {
  const slices = timeSlices();
  const first = runSlice(steps, slices);
  if (first) return first.value;
  const finish = async (): Promise<Result> => {
    for (;;) {
      await slices.next();
      const last = runSlice(steps, slices);
      if (last) return last.value;
    }
  };
  return finish();
}

/** Runs steps until the slice is over or the computation has ended; its result in the second case. */
function runSlice<Result>(steps: Steps<Result>, slices: TimeSlices): { readonly value: Result } | null {
  do {
    const step = steps.next();
    if (step.done) return step;
  } while (!slices.isOver());
  return null;
}

/** Returns {@link inSlices} for computations that share their arrays: the next one begins when the previous one has ended. */
export function oneAtATime(): typeof inSlices {
  let running: Promise<void> | null = null;
  const run: typeof inSlices = (steps) => {
    if (running) return running.then(() => run(steps));
    const result = inSlices(steps);
    const end = () => {
      running = null;
    };
    if (result instanceof Promise) running = result.then(end, end);
    return result;
  };
  return run;
}

/** Joins texts that are computed one by one. */
export async function joinInSlices(parts: Iterable<string>, between?: BetweenSlices): Promise<string> {
  const slices = timeSlices(between);
  const joined: string[] = [];
  for (const part of parts) {
    joined.push(part);
    if (slices.isOver()) await slices.next();
  }
  return joined.join('');
}

/** Texts are joined to pieces of at least this length, characters. */
const PIECE_LENGTH = 65_536;

/** Joins texts that are computed one by one to larger pieces. */
export async function* piecesInSlices(parts: Iterable<string>): AsyncGenerator<string> {
  const slices = timeSlices();
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (slices.isOver()) await slices.next();
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Absent in browsers, whose timers wait a millisecond or more. */
const { setImmediate } = globalThis as { readonly setImmediate?: (run: () => void) => unknown };

const turnOfLoop = (): Promise<void> =>
  new Promise((resolve) => void (setImmediate ? setImmediate(resolve) : setTimeout(resolve)));
