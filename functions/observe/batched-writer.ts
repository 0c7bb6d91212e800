/** Lines wait for others at most this long, milliseconds. */
const MAX_WAIT_MS = 100;

/** Lines that are written at once, characters: a write to a pipe or a file costs about as much as 30 lines. */
const MAX_BATCH = 32_768;

/** Writes lines in batches. `flush` writes the rest; call it before the process ends. */
export function createBatchedWriter(write: (lines: string) => void): {
  readonly write: (lines: string) => void;
  readonly flush: () => void;
} {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    write(lines);
  };
  return {
    write: (lines) => {
      waiting += lines;
      if (waiting.length >= MAX_BATCH) flush();
      else timer ??= setTimeout(flush, MAX_WAIT_MS).unref();
    },
    flush,
  };
}
