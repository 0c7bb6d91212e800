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
