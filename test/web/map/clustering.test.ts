import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOverlapping } from '../../../web/map/clustering.ts';

describe('clusters', () => {
  const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 400 }) }), {
    maxLength: 120,
  });
  it('contain every point once, within reach of their first point, and no two first points are within reach', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 90 }), (all, reach) => {
        const groups = groupOverlapping(all, reach);
        expect(groups.flat().sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
        const gap = (a = 0, b = 0) =>
          Math.hypot((all[a]?.x ?? 0) - (all[b]?.x ?? 0), (all[a]?.y ?? 0) - (all[b]?.y ?? 0));
        for (const group of groups) for (const one of group) expect(gap(group[0], one)).toBeLessThanOrEqual(reach);
        groups.forEach((group, index) => {
          for (const other of groups.slice(index + 1)) expect(gap(group[0], other[0])).toBeGreaterThan(reach);
        });
      }),
    );
  });
});
