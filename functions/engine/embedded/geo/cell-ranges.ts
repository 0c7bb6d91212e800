import type { Box } from '../../../model/geo.ts';

/** Cells along each side of the grid: 16 bits, 20 cm in a city of 13 km. */
const CELLS = 65_536;

/** A run of so few branches is not split further: testing them is cheaper. */
const FEW = 96;

/** Ids of branches as runs: start and end (excluded) in turn, ascending. */
export type CellRanges = number[];

/** Numbers places along a Morton curve over a grid in a box: places near each other mostly have near numbers. */
export function mortonCode(bounds: Box, lat: number, lon: number): number {
  const x = cell(lon, bounds.west, bounds.east);
  const y = cell(lat, bounds.south, bounds.north);
  return (spread(x) | (spread(y) << 1)) >>> 0;
}

/** Never falls as degrees rise, so that what lies between two places lies between their cells. */
function cell(degrees: number, from: number, to: number): number {
  if (!(to > from)) return 0;
  return Math.max(0, Math.min(CELLS - 1, Math.floor(((degrees - from) / (to - from)) * CELLS)));
}

function spread(bits: number): number {
  let wide = bits;
  wide = (wide | (wide << 8)) & 0x00ff00ff;
  wide = (wide | (wide << 4)) & 0x0f0f0f0f;
  wide = (wide | (wide << 2)) & 0x33333333;
  return (wide | (wide << 1)) & 0x55555555;
}

/** The first place in ascending `values[from..to)` that is at least `wanted`; `to` when there is none. */
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
 * Appends the runs of branches whose cells touch a box that does not cross the date line: all branches in the box, and
 * some around it.
 */
export function appendCellRanges(runs: CellRanges, codes: Uint32Array, bounds: Box, box: Box): void {
  if (box.east < bounds.west || box.west > bounds.east || box.north < bounds.south || box.south > bounds.north) return;
  const [west, east] = [cell(box.west, bounds.west, bounds.east), cell(box.east, bounds.west, bounds.east)];
  const [south, north] = [cell(box.south, bounds.south, bounds.north), cell(box.north, bounds.south, bounds.north)];
  const visit = (x: number, y: number, side: number, code: number, from: number, to: number) => {
    if (from === to || x > east || x + side <= west || y > north || y + side <= south) return;
    const isInside = x >= west && x + side - 1 <= east && y >= south && y + side - 1 <= north;
    if (isInside || to - from <= FEW || side === 1) return appendRun(runs, from, to);
    const half = side / 2;
    let start = from;
    for (let quarter = 0; quarter < 4; quarter++) {
      const next = code + (quarter + 1) * half * half;
      const end = quarter === 3 ? to : lowerBound(codes, next, start, to);
      visit(x + (quarter & 1) * half, y + (quarter >> 1) * half, half, next - half * half, start, end);
      start = end;
    }
  };
  visit(0, 0, CELLS, 0, 0, codes.length);
}

function appendRun(runs: CellRanges, from: number, to: number): void {
  if (runs.at(-1) === from) runs[runs.length - 1] = to;
  else runs.push(from, to);
}

/** Sorts runs and joins those that overlap or touch. */
export function mergeCellRanges(runs: CellRanges): CellRanges {
  const pairs: [number, number][] = [];
  for (let at = 0; at < runs.length; at += 2) pairs.push([runs[at] as number, runs[at + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  const merged: CellRanges = [];
  for (const [from, to] of pairs) {
    const last = merged.length - 1;
    if (last > 0 && from <= (merged[last] as number)) merged[last] = Math.max(merged[last] as number, to);
    else merged.push(from, to);
  }
  return merged;
}

/** How many ids runs have. */
export function countInRanges(runs: CellRanges): number {
  let count = 0;
  for (let at = 0; at < runs.length; at += 2) count += (runs[at + 1] as number) - (runs[at] as number);
  return count;
}
