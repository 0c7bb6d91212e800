/** A row that made no branch, and why. Every row of a source is either kept or stands here once. */
export type DroppedRow = {
  /** The city's id of the place, when the row has one. */
  readonly id: string | null;
  /** As {@link Row.line}. */
  readonly line: number;
  /** One of a few words that the report counts by: `duplicate_id`, `no_place`, … */
  readonly reason: string;
  /** What the row had, for a person who wants to correct it. */
  readonly detail: string;
};

/** Something about a row that is worth a look; the row is kept. */
export type RowNote = {
  readonly id: string | null;
  readonly line: number;
  /** One of a few words that the report counts by: `unknown_status`, `unparsed_hours`, … */
  readonly kind: string;
  readonly detail: string;
};
