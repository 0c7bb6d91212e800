import type { LatLon } from '../../functions/model/geo.ts';
import { slug, textHash } from '../../functions/model/slug.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { Branch, Vendor } from '../../functions/model/vendor.ts';
import type { City } from '../city.ts';
import { type Food, readFood } from '../food/food.ts';
import type { DroppedRow, RowNote } from '../record/row-audit.ts';
import type { JoinedRow } from './join.ts';
import { chooseSpelling, readName, vendorKey } from './names.ts';

export type VendorGroups = {
  /** In the order of their folded names; each has at least one branch. */
  readonly vendors: readonly Vendor[];
  /** Rows without a place. */
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
};

/**
 * Groups the joined rows by vendor, in the order of their ids, because downloads have no fixed order. A row without a place
 * becomes no branch, but its food and spelling count; a vendor needs at least one row with a place.
 * @param areaOf the neighbourhood of a place, or null
 */
export function groupVendors(
  city: City,
  rows: readonly JoinedRow[],
  areaOf: (place: LatLon) => string | null,
): VendorGroups {
  const dropped: DroppedRow[] = [];
  const notes: RowNote[] = [];
  const foods = readFoods(city, rows);
  const groups = new Map<string, JoinedRow[]>();
  for (const row of [...rows].sort(byId)) {
    const key = vendorKey(readName(row.vendorName, city.permits.nameOrder).shown);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
    notes.push(...foodNotes(row, foods.get(row.foodText)));
    if (row.placeFault && !row.place) {
      dropped.push({ id: row.id, line: row.line, ...row.placeFault });
    }
  }
  const ids = vendorIds(groups.keys());
  const vendors = [...groups]
    .filter(([, group]) => group.some(({ place }) => place !== null))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => makeVendor(city, ids.get(key) ?? key, group, foods, areaOf));
  return { vendors, dropped, notes };
}

function makeVendor(
  city: City,
  id: string,
  rows: readonly JoinedRow[],
  foods: ReadonlyMap<string, Food>,
  areaOf: (place: LatLon) => string | null,
): Vendor {
  const spellings = new Map<string, number>();
  const others: string[] = [];
  for (const { vendorName } of rows) {
    const read = readName(vendorName, city.permits.nameOrder);
    spellings.set(read.shown, (spellings.get(read.shown) ?? 0) + 1);
    others.push(read.shown, ...read.others);
  }
  const name = chooseSpelling(spellings, city.food.acronyms);
  const foodOf = (from: readonly JoinedRow[]) =>
    [...new Set(from.map(({ foodText }) => foodText))].flatMap((text) => foods.get(text) ?? []);
  const read = foodOf(rows);
  const approved = rows.filter(({ status }) => status === 'approved');
  const current = uniqueByWords(foodOf(approved).flatMap(({ items }) => items));
  const items = uniqueByWords([...current, ...read.flatMap(({ items }) => items)]);
  return {
    id,
    name,
    otherNames: uniqueByWords([name, ...others.sort()]).slice(1),
    items,
    pastItems: approved.length > 0 ? items.slice(current.length) : [],
    searchText: uniqueByWords(read.flatMap(({ searchText }) => searchText)),
    categories: [...new Set(read.flatMap(({ categories }) => categories))],
    drinks: read.some(({ drinks }) => drinks),
    branches: rows.flatMap((row) => (row.place ? [makeBranch(row, row.place, areaOf)] : [])),
  };
}

function makeBranch(row: JoinedRow, place: LatLon, areaOf: (place: LatLon) => string | null): Branch {
  const { id, address, descriptions, facility, status, permit, permitUrl, expires, hours } = row;
  const area = areaOf(place) ?? row.area;
  const { lat, lon } = place;
  return { id, lat, lon, address, descriptions, facility, status, permit, permitUrl, expires, area, hours };
}

/** Reads each distinct text once: the 764 rows of 2017 have 166. */
function readFoods(city: City, rows: readonly JoinedRow[]): ReadonlyMap<string, Food> {
  const texts = new Set(rows.map(({ foodText }) => foodText));
  return new Map([...texts].map((text) => [text, readFood(text, city)]));
}

function foodNotes({ id, line }: JoinedRow, food: Food | undefined): RowNote[] {
  const notes: RowNote[] = (food?.excluded ?? []).map((detail) => ({ id, line, kind: 'food_excluded', detail }));
  return food?.note ? [...notes, { id, line, kind: 'food_remark', detail: food.note }] : notes;
}

/** Without texts that repeat the words of an earlier one. */
function uniqueByWords(texts: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const text of texts) {
    const key = tokens(text).join(' ');
    if (!seen.has(key)) seen.set(key, text);
  }
  return [...seen.values()];
}

/** Numbers by value, then other ids by code point: one order for any mixture of both. */
function byId(a: JoinedRow, b: JoinedRow): number {
  const [numberA, numberB] = [a.id, b.id].map((id) => (/^\d+$/.test(id) ? Number(id) : Number.POSITIVE_INFINITY)) as [
    number,
    number,
  ];
  if (numberA !== numberB) return numberA < numberB ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Hexadecimal digits of the hash in an id; more only where two vendors would get the same id. */
const HASH_DIGITS = 4;

/** Id by key: slug and hash of the key, so that it is the same for every spelling and in every snapshot. */
export function vendorIds(keys: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(keys)];
  const ids = new Map<string, string>();
  let unassigned = all;
  for (let digits = HASH_DIGITS; unassigned.length > 0; digits += 2) {
    const claims = new Map<string, string[]>();
    for (const key of unassigned) {
      const id = `${slug(key) || 'vendor'}-${textHash(key).slice(0, digits)}`;
      claims.set(id, [...(claims.get(id) ?? []), key]);
    }
    unassigned = [];
    for (const [id, claimants] of claims) {
      if (claimants.length === 1 || digits > 16) for (const key of claimants) ids.set(key, id);
      else unassigned.push(...claimants);
    }
  }
  return ids;
}
