import type { PixelPoint } from './clustering.ts';

/** A round target on the flat map at one zoom, in pixels. */
export type Circle = PixelPoint & { readonly radius: number };

/** The circles that are taken: markers, clusters and the search origin. */
export type OccupiedCircles = {
  add(circle: Circle): void;
  /** Pixels between a circle's edge and the nearest other edge; negative if they overlap, at most {@link FAR}. */
  gapAround(circle: Circle): number;
};

/** Gaps are measured up to this many pixels. */
export const FAR = 20;
/** Side of the cells in which circles are looked up: two radii of at most 22 pixels, and {@link FAR}. */
const CELL = 64;

export function createOccupiedCircles(): OccupiedCircles {
  const cells = new Map<string, Circle[]>();
  return {
    add(circle) {
      const key = `${Math.floor(circle.x / CELL)},${Math.floor(circle.y / CELL)}`;
      const cell = cells.get(key);
      if (cell) cell.push(circle);
      else cells.set(key, [circle]);
    },
    gapAround(circle) {
      const [column, row] = [Math.floor(circle.x / CELL), Math.floor(circle.y / CELL)];
      let gap = FAR;
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          for (const other of cells.get(`${column + dx},${row + dy}`) ?? []) {
            if (other === circle) continue;
            const distance = Math.hypot(other.x - circle.x, other.y - circle.y);
            gap = Math.min(gap, distance - other.radius - circle.radius);
          }
        }
      }
      return gap;
    },
  };
}
