import { byCodePoint } from '../../functions/model/comparators.ts';
import type { PermitRow } from './permit-row.ts';

/** The rows of one id as one row, and what was wrong with the others. */
export type MergedRows = {
  readonly row: PermitRow;
  readonly others: readonly { readonly row: PermitRow; readonly conflict: string | null }[];
};

/**
 * Merges rows with the same id, independently of their order. The first of these wins: approved, the latest expiry, the highest permit
 * number, the most filled cells, the content by code point. The others fill in what it lacks, if they are the same vendor's.
 * Until 2015 the city repeated an intersection's row for each of its streets, different only in the description:
 * all of these are kept.
 */
export function mergeRows(rows: readonly [PermitRow, ...PermitRow[]]): MergedRows {
  const [winner = rows[0], ...rest] = rows.length > 1 ? [...rows].sort(byPrecedence) : rows;
  let row = winner;
  const descriptions = new Set(winner.descriptions);
  const others = rest.map((other) => {
    if (other.vendorName === winner.vendorName) {
      row = filledIn(row, other);
      for (const description of other.descriptions) descriptions.add(description);
    }
    return { row: other, conflict: conflictOf(winner, other) };
  });
  return { row: { ...row, descriptions: rest.length > 0 ? [...descriptions].sort() : row.descriptions }, others };
}

function byPrecedence(a: PermitRow, b: PermitRow): number {
  return (
    Number(b.status === 'approved') - Number(a.status === 'approved') ||
    byCodePoint(b.expires ?? '', a.expires ?? '') ||
    naturalOrder(b.permit ?? '', a.permit ?? '') ||
    filledCells(b) - filledCells(a) ||
    byCodePoint(contentOf(a), contentOf(b))
  );
}

/** Texts whose numbers count by value: `9MFF-2` before `13MFF-0102`. Any two different texts have an order. */
function naturalOrder(a: string, b: string): number {
  const [partsOfA, partsOfB] = [partsOf(a), partsOf(b)];
  for (let at = 0; at < Math.min(partsOfA.length, partsOfB.length); at++) {
    const [one = '', other = ''] = [partsOfA[at], partsOfB[at]];
    const areNumbers = /^\d/.test(one) && /^\d/.test(other);
    const order = (areNumbers && Number(one) - Number(other)) || 0;
    if (order !== 0) return order;
    if (!areNumbers && one !== other) return byCodePoint(one, other);
  }
  return partsOfA.length - partsOfB.length || byCodePoint(a, b);
}

function partsOf(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function filledCells({ line: _line, ...content }: PermitRow): number {
  return Object.values(content).filter((value) => (Array.isArray(value) ? value.length > 0 : value)).length;
}

function contentOf({ line: _line, ...content }: PermitRow): string {
  return JSON.stringify(content);
}

function filledIn(row: PermitRow, other: PermitRow): PermitRow {
  return {
    ...row,
    place: row.place ?? other.place,
    placeFault: row.place || other.place ? null : row.placeFault,
    address: row.address ?? other.address,
    foodText: row.foodText || other.foodText,
    hoursText: row.hoursText ?? other.hoursText,
  };
}

const COMPARED = ['place', 'address', 'foodText', 'hoursText', 'status', 'permit', 'expires'] as const;

function conflictOf(winner: PermitRow, other: PermitRow): string | null {
  if (other.vendorName !== winner.vendorName) {
    return `${JSON.stringify(other.vendorName)} has the id of ${JSON.stringify(winner.vendorName)}`;
  }
  const differing = COMPARED.filter((field) => {
    const [one, two] = [winner[field], other[field]];
    return one && two && JSON.stringify(one) !== JSON.stringify(two);
  });
  return differing.length > 0 ? `${differing.join(', ')} differ from line ${winner.line}` : null;
}
