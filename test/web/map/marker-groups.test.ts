import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarkerData } from '../../../web/map/marker-data.ts';
import { CLUSTER_RADIUS, groupMarkers, MARKER_RADIUS } from '../../../web/map/marker-groups.ts';

/** Pixels for each degree: points a few pixels apart, at the same point, and far apart. */
const SCALE = 1000;
const places = fc.array(fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) }), {
  maxLength: 150,
});
const markers = (points: readonly { x: number; y: number }[]) =>
  points.map(
    ({ x, y }, index): MarkerData => ({
      id: String(index),
      lat: y / SCALE,
      lon: x / SCALE,
      label: '',
      state: 'open',
      approved: true,
    }),
  );
const project = ({ lat, lon }: { lat: number; lon: number }) => ({ x: lon * SCALE, y: lat * SCALE });
const origin = { x: 150, y: 150, radius: 15 };

/** The targets of a layout as circles. */
const circles = (groups: ReturnType<typeof groupMarkers>['groups']) =>
  groups.map(({ at: [lat, lon], offset, pose }) => ({
    x: project({ lat, lon }).x + offset.x,
    y: project({ lat, lon }).y + offset.y,
    radius: pose ? MARKER_RADIUS : CLUSTER_RADIUS,
  }));

describe('the layout of markers', () => {
  it.each([10, 16, 19])('shows every branch once, and no two targets overlap, at zoom %d', (zoom) => {
    fc.assert(
      fc.property(places, (points) => {
        const space = { zoom, lastZoom: 19, project, obstacles: [origin] };
        const { groups } = groupMarkers(markers(points), space);
        const ids = groups.flatMap(({ members }) => members.map(({ id }) => Number(id)));
        expect(ids.sort((a, b) => a - b)).toEqual(points.map((_, index) => index));
        if (zoom === 19) expect(groups.every(({ pose }) => pose !== null)).toBe(true);
        const all = [origin, ...circles(groups)];
        for (const [index, a] of all.entries())
          for (const b of all.slice(index + 1))
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius - 0.001);
      }),
    );
  });

  it('targets for fingers grow as far as their neighbours allow', () => {
    fc.assert(
      fc.property(places, (points) => {
        const { groups } = groupMarkers(markers(points), { zoom: 19, lastZoom: 19, project, obstacles: [] });
        const all = circles(groups);
        groups.forEach(({ target }, index) => {
          expect(target).toBeGreaterThanOrEqual(2 * MARKER_RADIUS);
          expect(target).toBeLessThanOrEqual(2 * CLUSTER_RADIUS);
          const [a] = all.slice(index, index + 1);
          for (const [other, b] of all.entries()) {
            if (other === index || !a) continue;
            const distance = Math.hypot(a.x - b.x, a.y - b.y);
            expect(target / 2 + (groups[other]?.target ?? 0) / 2).toBeLessThanOrEqual(distance + 0.001);
          }
        });
      }),
    );
  });

  it('few places spread, many become a cluster', () => {
    const layout = (count: number) =>
      groupMarkers(markers(Array.from({ length: count }, () => ({ x: 20, y: 20 }))), {
        zoom: 13,
        lastZoom: 19,
        project,
        obstacles: [],
      }).groups.map(({ members }) => members.length);
    expect(layout(3)).toEqual([1, 1, 1]);
    expect(layout(30)).toEqual([30]);
  });

  it('a separate marker for a member of a cluster covers nothing', () => {
    fc.assert(
      fc.property(places, fc.nat(), (points, pick) => {
        fc.pre(points.length > 0);
        const data = markers(points);
        const { groups, separate } = groupMarkers(data, { zoom: 10, lastZoom: 19, project, obstacles: [origin] });
        const chosen = data[pick % data.length];
        if (!chosen) return;
        const [own] = circles([separate(chosen)]);
        for (const other of [origin, ...circles(groups)])
          expect(Math.hypot((own?.x ?? 0) - other.x, (own?.y ?? 0) - other.y)).toBeGreaterThan(
            MARKER_RADIUS + other.radius - 0.001,
          );
      }),
    );
  });
});
