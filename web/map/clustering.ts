/** A place on the flat map at one zoom, in pixels. */
export type PixelPoint = { readonly x: number; readonly y: number };

/**
 * Groups dots that would lie on each other: the first of a group in the order given, and every later one within `reach`
 * pixels of it that no earlier group has. Every dot is in exactly one group; the order of the dots alone decides, so that
 * panning changes nothing.
 * @returns indexes of the dots, group by group
 */
export function groupOverlapping(dots: readonly PixelPoint[], reach: number): number[][] {
  const cell = ({ x, y }: PixelPoint): [number, number] => [Math.floor(x / reach), Math.floor(y / reach)];
  const heads = new Map<string, number[]>();
  const groups = new Map<number, number[]>();
  dots.forEach((dot, index) => {
    const [column, row] = cell(dot);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const head of heads.get(`${column + dx},${row + dy}`) ?? []) {
          const middle = dots[head];
          if (!middle || Math.hypot(middle.x - dot.x, middle.y - dot.y) > reach) continue;
          groups.get(head)?.push(index);
          return;
        }
      }
    }
    groups.set(index, [index]);
    const key = `${column},${row}`;
    heads.set(key, [...(heads.get(key) ?? []), index]);
  });
  return [...groups.values()];
}
