import type { PlaceHint } from './coordinates.ts';

/** What a clerk knows a row by; absent where the row has none. */
type RowFacts = {
  readonly vendor?: string | undefined;
  readonly address?: string | undefined;
  readonly state?: string | undefined;
};

/** A row that did not become a branch. Every row of a source is either kept or listed here once. */
export type DroppedRow = RowFacts & {
  /** The city's id of the place, when the row has one. */
  readonly id: string | null;
  /** As {@link Row.line}. */
  readonly line: number;
  /** One of a fixed set of words, for counting: `duplicate_id`, `no_place`, … */
  readonly reason: string;
  /** The faulty content, for somebody who wants to correct it. */
  readonly detail: string;
  readonly hint?: PlaceHint;
};

/** A doubt about a row that is kept. */
export type RowNote = RowFacts & {
  readonly id: string | null;
  readonly line: number;
  /** One of a fixed set of words, for counting: `unknown_status`, `unparsed_hours`, … */
  readonly kind: string;
  readonly detail: string;
  readonly hint?: PlaceHint;
};
