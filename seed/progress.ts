import { terminalText } from '../functions/model/text/unsafe-characters.ts';

/** The state of one task. */
export type ProgressEvent = {
  /** The task as shown: "fetching", "reading". */
  readonly phase: string;
  /** Name of the source. */
  readonly source: string;
  readonly done: number;
  /** `null` if unknown. */
  readonly total: number | null;
  readonly unit?: 'bytes' | 'rows' | 'tries';
};

export type Progress = (event: ProgressEvent) => void;

/** The part of `process.stderr` that is used. */
export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

export type ProgressView = {
  readonly update: Progress;
  /** Writes a separate line, above the bar if there is one. */
  readonly say: (line: string) => void;
  /** Removes the bar. */
  readonly end: () => void;
};

const BAR_CELLS = 24;
/** Shortest time between two redraws of a terminal, and between two log lines about the same task. */
const REDRAW_MS = 80;
const LINE_MS = 5_000;

/**
 * Shows progress: on a terminal one line that is redrawn, elsewhere plain lines (when a task begins, when it is done, and
 * every 5 s in between). `now` returns milliseconds.
 */
export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): ProgressView {
  const terminal = stream.isTTY === true;
  let shownAt = Number.NEGATIVE_INFINITY;
  let task = '';
  let finished = false;
  let drawn = false;

  function update(event: ProgressEvent): void {
    const current = `${event.phase}\n${event.source}`;
    const done = event.total !== null && event.done >= event.total;
    const changed = current !== task || (done && !finished);
    if (!changed && (finished || now() - shownAt < (terminal ? REDRAW_MS : LINE_MS))) return;
    task = current;
    finished = done;
    shownAt = now();
    if (!terminal) {
      stream.write(`${describe(event)}\n`);
      return;
    }
    drawn = true;
    // A line as wide as the terminal would wrap, and the next redraw would not erase it.
    stream.write(`\r${`${bar(event)}${describe(event)}`.slice(0, (stream.columns ?? 80) - 1)}\u001b[K`);
  }

  function end(): void {
    if (drawn) stream.write('\r\u001b[K');
    drawn = false;
    task = '';
  }

  function say(line: string): void {
    end();
    stream.write(`${terminalText(line)}\n`);
  }

  return { update, say, end };
}

function describe({ phase, source, done, total, unit }: ProgressEvent): string {
  return `${source}: ${phase}, ${unit === 'bytes' ? bytesText(done, total) : countText(done, total, unit)}`;
}

function countText(done: number, total: number | null, unit: 'rows' | 'tries' | undefined): string {
  const of = total === null ? '' : ` of ${total}`;
  if (unit === undefined) return `${done}${of}`;
  const noun = unit === 'rows' ? 'row' : 'try';
  return `${done}${of} ${(total ?? done) === 1 ? noun : unit}`;
}

function bytesText(done: number, total: number | null): string {
  return total === null ? byteText(done) : `${byteText(done)} of ${byteText(total)}`;
}

function byteText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function bar({ done, total }: ProgressEvent): string {
  if (total === null || total <= 0) return '';
  const cells = Math.round(BAR_CELLS * Math.min(1, Math.max(0, done / total)));
  return `[${'#'.repeat(cells)}${'-'.repeat(BAR_CELLS - cells)}] `;
}
