import { FIELD_NAMES, nameFit } from './column-names.ts';
import type { ColumnProfile } from './column-profile.ts';
import { contentFit, type MatchContext } from './field-content.ts';
import type { Sureness } from './sureness.ts';

/** A column that is proposed for one of our fields. */
export type FieldMatch = {
  readonly field: string;
  readonly column: ColumnProfile;
  readonly sureness: Sureness;
  /** Half a sentence: what speaks for it. */
  readonly why: string;
};

/** The fit of a column whose values all differ. */
const UNIQUE_FIT = 0.4;

type Candidate = FieldMatch & { readonly score: number };

/** The least sum of name and content: a usual name that nothing contradicts, or half a name and values that fit. */
const MIN_SCORE = 0.65;
/** Fields whose values are so typical that they are found without a telling name, from this content on. */
const BY_CONTENT: Readonly<Record<string, number>> = { food: 0.6, status: 0.6, hours: 0.6, address: 0.5 };

/**
 * Proposes a column for each field that has a likely one, in the order of the fields; each column is used once. The pair with the best
 * fit is taken first.
 * @param taken columns that are used for something else, such as the coordinates
 */
export function matchFields(
  columns: readonly ColumnProfile[],
  taken: ReadonlySet<string>,
  context: MatchContext,
): FieldMatch[] {
  const free = columns.filter(({ name }) => !taken.has(name));
  const candidates = Object.keys(FIELD_NAMES)
    .flatMap((field) => free.flatMap((column) => candidate(field, column, context) ?? []))
    .sort((a, b) => b.score - a.score || a.column.at - b.column.at);
  const matches = new Map<string, FieldMatch>();
  const used = new Set<string>();
  for (const { score: _, ...match } of candidates) {
    if (matches.has(match.field) || used.has(match.column.name)) continue;
    matches.set(match.field, match);
    used.add(match.column.name);
  }
  const permit = matches.get('permit');
  if (permit && !hasStableId(matches.get('id')) && contentFit('id', permit.column, context).fit >= UNIQUE_FIT) {
    matches.delete('permit');
    matches.set('id', { ...permit, field: 'id', why: 'the number of the permit; each row has another one' });
  }
  const name = matches.get('name') ?? nameByContent(free, used, context);
  if (name) matches.set('name', name);
  return Object.keys(FIELD_NAMES).flatMap((field) => matches.get(field) ?? []);
}

/** Whether there is an id other than a row number. Row numbers may change when the table is published again. */
function hasStableId(id: FieldMatch | undefined): boolean {
  return id !== undefined && !/^(?::id|objectid|fid|ogcfid|rowid)$/i.test(id.column.name);
}

function candidate(field: string, column: ColumnProfile, context: MatchContext): Candidate | undefined {
  const hints = FIELD_NAMES[field];
  const byName = hints ? nameFit(column.name, hints) : 0;
  const least = BY_CONTENT[field];
  if (byName === 0 && least === undefined) return undefined;
  const { fit, why } = contentFit(field, column, context);
  if (fit <= -1) return undefined;
  const score = byName + fit;
  const match = { field, column, score };
  if (byName > 0 && score >= MIN_SCORE) {
    const sureness = byName >= 0.7 && fit > 0 ? 'sure' : byName >= 0.7 || fit >= 0.4 ? 'likely' : 'guess';
    return {
      ...match,
      sureness,
      why: column.filled === 0 ? 'its name; it has no values' : fit > 0 ? `its name; ${why}` : 'its name',
    };
  }
  return byName === 0 && least !== undefined && fit >= least ? { ...match, sureness: 'guess', why } : undefined;
}

/** A list without a column that is called a name still has names: the first free column of short, different texts. */
function nameByContent(
  columns: readonly ColumnProfile[],
  used: ReadonlySet<string>,
  context: MatchContext,
): FieldMatch | undefined {
  const column = columns.find(
    (one) =>
      !used.has(one.name) &&
      !one.name.startsWith(':') &&
      one.filled > 0.5 * one.rows &&
      contentFit('name', one, context).fit > 0,
  );
  return column && { field: 'name', column, sureness: 'guess', why: `the first column of different texts` };
}
