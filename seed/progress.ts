/** How far a piece of work is. */
export type ProgressEvent = {
  /** What is being done, as shown: "fetching", "reading". */
  readonly phase: string;
  /** The source that is worked on. */
  readonly source: string;
  readonly done: number;
  /** `null` when it is not known how much there is. */
  readonly total: number | null;
  readonly unit?: 'bytes' | 'rows' | 'tries';
};

export type Progress = (event: ProgressEvent) => void;

/** What of `process.stderr` is used. */
export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

export type ProgressView = {
  readonly update: Progress;
  /** Writes a line of its own, above the bar where there is one. */
  readonly say: (line: string) => void;
  /** Takes the bar away. */
  readonly end: () => void;
};

const BAR_CELLS = 24;
/** A terminal is redrawn at most this often; a log gets a line of the same work at most this often. */
const REDRAW_MS = 80;
const LINE_MS = 5_000;

/**
 * Shows progress: one line that is redrawn on a terminal, plain lines elsewhere (one when a piece of work begins, one when it
 * is done, and one every 5 s between). `now` gives milliseconds.
 */
export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): ProgressView {
  const terminal = stream.isTTY === true;
  let shownAt = Number.NEGATIVE_INFINITY;
  let work = '';
  let finished = false;
  let drawn = false;

  function update(event: ProgressEvent): void {
    const current = `${event.phase}\n${event.source}`;
    const done = event.total !== null && event.done >= event.total;
    const changed = current !== work || (done && !finished);
    if (!changed && (finished || now() - shownAt < (terminal ? REDRAW_MS : LINE_MS))) return;
    work = current;
    finished = done;
    shownAt = now();
    if (!terminal) {
      stream.write(`${describe(event)}\n`);
      return;
    }
    drawn = true;
    // A line as wide as the terminal would wrap, and the next redraw would leave it standing.
    stream.write(`\r${`${bar(event)}${describe(event)}`.slice(0, (stream.columns ?? 80) - 1)}\u001b[K`);
  }

  function end(): void {
    if (drawn) stream.write('\r\u001b[K');
    drawn = false;
    work = '';
  }

  function say(line: string): void {
    end();
    stream.write(`${line}\n`);
  }

  return { update, say, end };
}

function describe({ phase, source, done, total, unit }: ProgressEvent): string {
  const amount = total === null ? count(done, unit) : `${count(done, unit)} of ${count(total, unit)}`;
  return `${source}: ${phase}, ${amount}`;
}

function count(amount: number, unit: ProgressEvent['unit']): string {
  if (unit !== 'bytes') return unit ? `${amount} ${unit}` : `${amount}`;
  return amount < 1e6 ? `${Math.ceil(amount / 1e3)} kB` : `${(amount / 1e6).toFixed(1)} MB`;
}

function bar({ done, total }: ProgressEvent): string {
  if (total === null || total <= 0) return '';
  const cells = Math.round(BAR_CELLS * Math.min(1, Math.max(0, done / total)));
  return `[${'#'.repeat(cells)}${'-'.repeat(BAR_CELLS - cells)}] `;
}
