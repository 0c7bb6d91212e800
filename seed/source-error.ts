/** Where in a source something is wrong; both count from 1. `column` is the name of a table's column or a character's number. */
export type Spot = {
  readonly line?: number;
  readonly column?: string | number;
  /** The source ends too early: reading it again may help. */
  readonly cutOff?: boolean;
};

/**
 * A source cannot be had or read. The message is one sentence for a person: the source, the line and column where
 * there is one, what was found and what to do. Nothing of the source has been kept when it is thrown.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** Path or URL, without credentials. */
  readonly from: string;
  readonly line: number | undefined;
  readonly column: string | number | undefined;
  readonly cutOff: boolean;
  /** The message without the source, the spot and the general advice. */
  readonly found: string;

  constructor(from: string, what: string, spot: Spot = {}, options?: ErrorOptions) {
    const line = spot.line === undefined ? '' : `, line ${spot.line}`;
    const column = spot.column === undefined ? '' : `, column ${spot.column}`;
    const advice = spot.cutOff ? '; fetch it again, or check that the address or file is the right one' : '';
    super(`${from}${line}${column}: ${what}${advice}`, options);
    this.found = what;
    this.from = from;
    this.line = spot.line;
    this.column = spot.column;
    this.cutOff = spot.cutOff === true;
  }
}
