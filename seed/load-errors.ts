/** Where in a source the fault is, counted from 1. `column` is the name of a table's column or the number of a character. */
export type SourcePosition = {
  readonly line?: number;
  readonly column?: string | number;
  /** The source ends too early, so fetching it again may help. */
  readonly cutOff?: boolean;
};

/**
 * A source cannot be fetched or read. The message is one sentence for a person: the source, the line and column if
 * known, the fault and what to do.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** Path or URL, without credentials. */
  readonly from: string;
  readonly line: number | undefined;
  readonly column: string | number | undefined;
  readonly cutOff: boolean;
  /** The message without the source, the position and the general advice. */
  readonly fault: string;

  constructor(from: string, fault: string, position: SourcePosition = {}, options?: ErrorOptions) {
    const line = position.line === undefined ? '' : `, line ${position.line}`;
    const column = position.column === undefined ? '' : `, column ${position.column}`;
    const advice = position.cutOff ? '; fetch it again, or check that the address or file is the right one' : '';
    super(`${from}${line}${column}: ${fault}${advice}`, options);
    this.fault = fault;
    this.from = from;
    this.line = position.line;
    this.column = position.column;
    this.cutOff = position.cutOff === true;
  }
}

/** A city's data cannot be loaded. The message is a sentence for the operator: what is wrong, and where. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}
