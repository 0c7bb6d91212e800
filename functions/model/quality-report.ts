/** What a clerk needs to find and correct a row of a source. */
export type ReportedRow = {
  /** The city's id of the place, when the row has one. */
  readonly id: string | null;
  /** The line of a text table, else the number of the record. */
  readonly line: number;
  readonly vendor: string | null;
  readonly address: string | null;
  /** The state of the permit, as the city writes it. */
  readonly state: string | null;
  /** The faulty content. */
  readonly detail: string;
};

/** The quality report of one load. Every row that was dropped is listed. */
export type LoadReport = {
  readonly version: string;
  readonly city: string;
  readonly asOf: string;
  /** Where the city takes reports about its data; `null`: unknown. */
  readonly reportUrl: string | null;
  readonly vendors: number;
  readonly branches: number;
  readonly sources: Readonly<Record<string, SourceReport>>;
  /** The reasons and kinds of notes that occur in `sources`, each in a sentence. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Number of branches by source of their hours. */
  readonly hours: Readonly<Record<string, number>>;
  /** Points that several branches share, most first: a map shows only the topmost. */
  readonly stacked: readonly { readonly lat: number; readonly lon: number; readonly ids: readonly string[] }[];
  /** Changes since the last release; `null` if there is none. */
  readonly difference: ReleaseDifference | null;
  readonly warnings: readonly string[];
};

export type SourceReport = {
  readonly from: string;
  readonly shape: string;
  /** `rowsIn = kept + the sum of dropped`. */
  readonly rowsIn: number;
  readonly kept: number;
  readonly dropped: Readonly<Record<string, number>>;
  /** The dropped rows by reason. */
  readonly droppedRows: Readonly<Record<string, readonly ReportedRow[]>>;
  /** Kept but doubtful rows, by kind. */
  readonly notes: Readonly<Record<string, readonly ReportedRow[]>>;
  /** `missing`: columns that the city's file names but the source lacks; `unknown`: the reverse. */
  readonly missingColumns: readonly string[];
  readonly unknownColumns: readonly string[];
};

export type NamedVendor = { readonly id: string; readonly name: string };

export type ReleaseDifference = {
  readonly from: string;
  readonly addedVendors: readonly NamedVendor[];
  readonly removedVendors: readonly NamedVendor[];
  /** In both releases, with the fields that differ: `items`, `places` (some were added or removed), `place.expires`. */
  readonly changedVendors: readonly (NamedVendor & { readonly fields: readonly string[] })[];
  readonly addedBranches: readonly string[];
  readonly removedBranches: readonly string[];
};

/** Each reason for dropping a row, and each kind of note, in a sentence for the city's clerks. */
export const REPORT_REASONS: Readonly<Record<string, string>> = {
  no_place:
    'The row has no coordinates, or 0,0, and the schedule has none either. The vendor cannot be shown on a map.',
  bad_place: 'The coordinates cannot be read as a latitude and a longitude.',
  outside_bounds: 'The coordinates are outside the city.',
  duplicate_id: 'Another row has the same id. One of them is kept: the approved one, then the one that expires last.',
  no_id: 'The row has no id, so it cannot be told from others.',
  no_name: 'The row has no name.',
  filtered: "The city's file leaves such rows out by the values of a column.",
  test_record: "The row is one of the city's own tests.",
  orphan: 'The row is for a place that no permit has.',
  permit_dropped: 'The row is for a permit that is not shown, for one of the other reasons.',
  bad_day: 'The row has no weekday.',
  bad_time: 'The row has no times that can be read.',
  bad_geometry: 'The area has no polygons that can be read.',
  place_from_schedule: 'The permit has no coordinates; those of the schedule are used.',
  place_from_table: "The permit has no coordinates; those of the city's table of places are used.",
  place_in_shape: 'The place is an area or several points; one point in it is used.',
  area_outside: 'The area is outside the city.',
  long_cell: 'A cell is far longer than any real text, so only its beginning is read.',
  unparsed_hours: 'The hours cannot be read, so they are shown as unknown.',
  seasonal_hours: 'The hours depend on the date, and those of the seven days after the reading are shown.',
  incomplete_hours: 'The hours are cut off, so the vendor may be open at other times too.',
  bad_date: 'The date cannot be read.',
  date_order: 'The date fits only another order of day and month than most dates of its column.',
  excel_date: 'The date is a serial number of Excel: the cell has lost its date format.',
  future_date: 'The date is after the day on which the data was read.',
  unknown_status: "The state of the permit is none of the city's known ones.",
  unknown_facility: "The kind of facility is none of the city's known ones.",
  duplicate_conflict: 'Rows with the same id contradict each other.',
  food_excluded: 'The text says what is not sold. Searches do not find it.',
  food_remark: 'The text is a remark and names no food.',
  schedule_bad_place: 'The coordinates in the schedule cannot be read.',
  schedule_outside_bounds: 'The coordinates in the schedule are outside the city.',
};
