import type { Box } from '../../../model/geo.ts';

/** Cells along each side of the grid: 16 bits, which makes a cell 20 cm wide in a city of 13 km. */
const CELLS = 65_536;

/** A range of at most this many branches is not split further: testing its branches is cheaper. */
const MAX_UNSPLIT = 96;

/** Ranges of branch numbers, ascending: start and end (excluded) in turn. */
export type CellRanges = number[];

/** The branches or vendors from `from` to `to` (excluded). */
export type Block = {
  readonly from: number;
  readonly to: number;
  /** Whether the block is everything. */
  readonly isWhole: boolean;
  /** Ranges within the block; others may or may not be found. `null`: all of it. */
  readonly ranges: CellRanges | null;
};

/** The part of some ranges that is in a block of a number of branches. */
export function blockOf(ranges: CellRanges | null, from: number, to: number, branches: number): Block {
  const isWhole = from === 0 && to >= branches;
  if (isWhole || ranges === null) return { from, to: Math.min(to, branches), isWhole, ranges };
  const own: CellRanges = [];
  for (let at = 0; at < ranges.length; at += 2) {
    const [start, end] = [Math.max(from, ranges[at] as number), Math.min(to, ranges[at + 1] as number)];
    if (start < end) own.push(start, end);
  }
  return { from, to, isWhole, ranges: own };
}

/** The position along a Morton curve over a grid in `bounds`: places close to each other mostly have close codes. */
export function mortonCode(bounds: Box, lat: number, lon: number): number {
  const x = cell(lon, bounds.west, bounds.east);
  const y = cell(lat, bounds.south, bounds.north);
  return (spread(x) | (spread(y) << 1)) >>> 0;
}

/** Monotonic, so a place between two others has a cell between theirs. */
function cell(degrees: number, from: number, to: number): number {
  if (!(to > from)) return 0;
  return Math.max(0, Math.min(CELLS - 1, Math.floor(((degrees - from) / (to - from)) * CELLS)));
}

/** Moves 16 bits to the even positions of 32. */
function spread(bits: number): number {
  let wide = bits;
  wide = (wide | (wide << 8)) & 0x00ff00ff;
  wide = (wide | (wide << 4)) & 0x0f0f0f0f;
  wide = (wide | (wide << 2)) & 0x33333333;
  return (wide | (wide << 1)) & 0x55555555;
}

/** The index of the first of the ascending `values[from..to)` that is at least `wanted`; `to` if there is none. */
export function lowerBound(values: Uint32Array, wanted: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Appends the ranges of branches whose cells touch a box that does not cross the date line: all branches in the box, and some around it.
 * @param mortonCodes of all branches, ascending
 * @param bounds of the grid
 */
export function appendCellRanges(ranges: CellRanges, mortonCodes: Uint32Array, bounds: Box, box: Box): void {
  if (box.east < bounds.west || box.west > bounds.east || box.north < bounds.south || box.south > bounds.north) return;
  const [west, east] = [cell(box.west, bounds.west, bounds.east), cell(box.east, bounds.west, bounds.east)];
  const [south, north] = [cell(box.south, bounds.south, bounds.north), cell(box.north, bounds.south, bounds.north)];
  const visit = (x: number, y: number, side: number, code: number, from: number, to: number) => {
    if (from === to || x > east || x + side <= west || y > north || y + side <= south) return;
    const isInside = x >= west && x + side - 1 <= east && y >= south && y + side - 1 <= north;
    if (isInside || to - from <= MAX_UNSPLIT || side === 1) return appendRange(ranges, from, to);
    const half = side / 2;
    let start = from;
    for (let quarter = 0; quarter < 4; quarter++) {
      const next = code + (quarter + 1) * half * half;
      const end = quarter === 3 ? to : lowerBound(mortonCodes, next, start, to);
      visit(x + (quarter & 1) * half, y + (quarter >> 1) * half, half, next - half * half, start, end);
      start = end;
    }
  };
  visit(0, 0, CELLS, 0, 0, mortonCodes.length);
}

function appendRange(ranges: CellRanges, from: number, to: number): void {
  if (ranges.at(-1) === from) ranges[ranges.length - 1] = to;
  else ranges.push(from, to);
}

/** Sorts ranges and joins those that overlap or touch. */
export function mergeCellRanges(ranges: CellRanges): CellRanges {
  const sorted: [number, number][] = [];
  for (let at = 0; at < ranges.length; at += 2) sorted.push([ranges[at] as number, ranges[at + 1] as number]);
  sorted.sort((a, b) => a[0] - b[0]);
  const merged: CellRanges = [];
  for (const [from, to] of sorted) {
    const last = merged.length - 1;
    if (last > 0 && from <= (merged[last] as number)) merged[last] = Math.max(merged[last] as number, to);
    else merged.push(from, to);
  }
  return merged;
}

/** The number of branches in the ranges. */
export function countInRanges(ranges: CellRanges): number {
  let count = 0;
  for (let at = 0; at < ranges.length; at += 2) count += (ranges[at + 1] as number) - (ranges[at] as number);
  return count;
}
