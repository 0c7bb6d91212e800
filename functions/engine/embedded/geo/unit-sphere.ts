import { EARTH_RADIUS_METRES, type LatLon } from '../../../model/geo.ts';

const RADIANS = Math.PI / 180;

/**
 * The most by which a chord computed from two vectors differs from the chord of the distance that the model computes, in earth radii:
 * four times the rounding error of the components and of the formula. 64 nm on the ground.
 */
export const CHORD_SLACK = 1e-14;

/** The straight line, in earth radii, between two places that are `metres` apart along the surface. */
export function chordOf(metres: number): number {
  return 2 * Math.sin(Math.min(metres / (2 * EARTH_RADIUS_METRES), Math.PI / 2));
}

/** A bound on the square of a chord: every chord with a larger square is longer, despite rounding. */
export function squareAbove(chord: number): number {
  return (chord + CHORD_SLACK) ** 2;
}

/** A bound on the square of a chord: every chord with a smaller square is shorter, despite rounding. */
export function squareBelow(chord: number): number {
  return Math.max(0, chord - CHORD_SLACK) ** 2;
}

/** A place as a vector on the unit sphere. */
export function vectorOf({ lat, lon }: LatLon): [x: number, y: number, z: number] {
  const around = Math.cos(lat * RADIANS);
  return [around * Math.cos(lon * RADIANS), around * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)];
}
