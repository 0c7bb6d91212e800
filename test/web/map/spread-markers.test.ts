import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadMarkers } from '../../../web/map/spread-markers.ts';

describe('markers at one intersection', () => {
  it('are apart, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
        const heads = spreadMarkers(Array.from({ length: count }, () => ({ lat: 37.5, lon: -122.4 }))).map(
          ({ degrees, reach }) => {
            const angle = (degrees * Math.PI) / 180;
            return [Math.sin(angle) * reach, -Math.cos(angle) * reach] as const;
          },
        );
        for (const [i, [x, y]] of heads.entries())
          for (const [u, v] of heads.slice(i + 1)) expect(Math.hypot(x - u, y - v)).toBeGreaterThan(28);
      }),
    );
  });
  it('do not affect markers elsewhere', () => {
    const poses = spreadMarkers([
      { lat: 1, lon: 1 },
      { lat: 1, lon: 1.001 },
      { lat: 1, lon: 1 },
    ]);
    expect(poses.map(({ degrees }) => degrees)).toEqual([-27, 0, 27]);
  });
});
