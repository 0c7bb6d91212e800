import type { CityFile } from '../city-file/city-schema.ts';
import type { CityExtent } from './city-extent.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { FieldMatch } from './field-matching.ts';
import type { FoundTable } from './found-table.ts';
import type { HoursNotation } from './hours-notation.ts';
import type { JoinedPlaces } from './joined-places.ts';
import type { JoinedSchedule } from './joined-schedule.ts';
import type { PlaceColumns } from './place-columns.ts';
import type { Sureness } from './sureness.ts';

/** A value with the reason for it. */
export type Proposed<Value> = { readonly value: Value; readonly sureness: Sureness; readonly why: string };

/** What makes a row unique. */
export type RowIdentity =
  | { readonly kind: 'column'; readonly column: string }
  /** The words of some columns, each with all of its names, by which a schedule names the places. */
  | { readonly kind: 'words'; readonly columns: readonly (readonly string[])[] }
  /** No column does: the id is made from the name and the address, or from the place. */
  | { readonly kind: 'made'; readonly from: readonly string[] };

/** How to read a table that nobody has described yet. */
export type Proposal = {
  readonly table: FoundTable;
  /** All columns of the table. */
  readonly columns: readonly ColumnProfile[];
  readonly id: string;
  readonly name: Proposed<string>;
  readonly zone: Proposed<string>;
  readonly extent: CityExtent;
  readonly places: PlaceColumns;
  /** The table that has the coordinates, if this one has none. */
  readonly joined: JoinedPlaces | null;
  /** The table that has the hours; null if it is not given or not another one. */
  readonly schedule: JoinedSchedule | null;
  /** At most one for each of our fields; without the coordinates. */
  readonly fields: readonly FieldMatch[];
  readonly identity: Proposed<RowIdentity>;
  /** What the table lists; null: street food with permits. */
  readonly wording: Proposed<NonNullable<CityFile['wording']>> | null;
  /** The city's words for states to ours; null if the table has no column for them. */
  readonly statuses: Proposed<Readonly<Record<string, string>>> | null;
  /** The city's words for kinds of facilities to ours. */
  readonly facilities: Readonly<Record<string, string>>;
  readonly hours: HoursNotation | null;
  /** null if the table has no dates, or none that depends on the order. */
  readonly dateOrder: Proposed<'month-first' | 'day-first'> | null;
  /** Name of vendors without one; null if every row has a name. */
  readonly unnamed: Proposed<string> | null;
  /** The number of names written `Last, First`. */
  readonly lastFirst: number;
  /** Columns that nothing reads. */
  readonly unread: readonly string[];
};
