/** How a pin stands on its place: turned about its tip by `degrees`, its head `reach` pixels from the tip. */
export type Pose = { readonly degrees: number; readonly reach: number };

/** Distance in pixels from a lone pin's tip to the middle of its head. */
const REACH = 24;
/** Two heads side by side need at least this many pixels between their middles to be told apart and tapped. */
const HEAD_GAP = 24;
/** Up to so many pins open like a hand of cards; more stand around the whole circle. */
const HAND = 5;
const HAND_STEP_DEGREES = 48;

/**
 * Poses for the pins of one place, so that each of them can be seen and pressed at every zoom level (up to 5 or 6
 * permits share a corner). One pin stands upright.
 */
export function spreadPoses(pins: number): Pose[] {
  if (pins <= HAND) {
    const reach = pins === 1 ? REACH : REACH + 6;
    return Array.from({ length: pins }, (_, i) => ({ degrees: (i - (pins - 1) / 2) * HAND_STEP_DEGREES, reach }));
  }
  const reach = Math.max(REACH + 6, (pins * HEAD_GAP) / (2 * Math.PI));
  return Array.from({ length: pins }, (_, i) => ({ degrees: (i * 360) / pins, reach }));
}

/** Places closer than about a metre are one place. */
export function placeKey({ lat, lon }: { lat: number; lon: number }): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}

/** A pose for every place, in the order given. */
export function poses(places: readonly { lat: number; lon: number }[]): Pose[] {
  const members = new Map<string, number[]>();
  places.forEach((place, index) => {
    const key = placeKey(place);
    const group = members.get(key);
    if (group) group.push(index);
    else members.set(key, [index]);
  });
  const all: Pose[] = [];
  for (const group of members.values()) {
    spreadPoses(group.length).forEach((pose, i) => {
      all[group[i] ?? 0] = pose;
    });
  }
  return all;
}
