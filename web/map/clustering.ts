/** A point of the flat map at one zoom, in pixels. */
export type PixelPoint = { readonly x: number; readonly y: number };

/**
 * Groups points that would overlap: a group is its first point, in the order given, and every later point within `reach`
 * pixels of it that is in no earlier group. Each point is in exactly one group. Only the order decides, so panning changes
 * nothing.
 * @returns indexes of the points, group by group
 */
export function groupOverlapping(points: readonly PixelPoint[], reach: number): number[][] {
  const cellOf = ({ x, y }: PixelPoint): [number, number] => [Math.floor(x / reach), Math.floor(y / reach)];
  const firstsByCell = new Map<string, number[]>();
  const groups = new Map<number, number[]>();
  points.forEach((point, index) => {
    const [column, row] = cellOf(point);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const first of firstsByCell.get(`${column + dx},${row + dy}`) ?? []) {
          const middle = points[first];
          if (!middle || Math.hypot(middle.x - point.x, middle.y - point.y) > reach) continue;
          groups.get(first)?.push(index);
          return;
        }
      }
    }
    groups.set(index, [index]);
    const cell = `${column},${row}`;
    firstsByCell.set(cell, [...(firstsByCell.get(cell) ?? []), index]);
  });
  return [...groups.values()];
}
