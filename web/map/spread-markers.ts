/** How a marker leans: rotated about its tip by `degrees`, with the middle of its head `reach` pixels from the tip. */
export type Pose = { readonly degrees: number; readonly reach: number };

/** Distance in pixels from the tip of a lone marker to the middle of its head. */
const REACH = 24;
/** Two heads need at least this many pixels between their middles to be told apart and pressed. */
const HEAD_GAP = 24;
/** Up to this many markers spread like a fan; more go around the whole circle. */
const FAN_SIZE = 5;
const FAN_STEP_DEGREES = 48;

export const UPRIGHT: Pose = { degrees: 0, reach: REACH };

/**
 * Poses that keep markers at the same point apart, so that each can be seen and pressed at every zoom: up to 5 or 6
 * permits share an intersection.
 * @returns a pose for each point, in the order given
 */
export function spreadMarkers(points: readonly { lat: number; lon: number }[]): Pose[] {
  const groups = new Map<string, number[]>();
  points.forEach((point, index) => {
    const key = pointKey(point);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  const poses: Pose[] = [];
  for (const group of groups.values()) {
    spread(group.length).forEach((pose, i) => {
      poses[group[i] ?? 0] = pose;
    });
  }
  return poses;
}

function spread(count: number): Pose[] {
  if (count === 1) return [UPRIGHT];
  if (count <= FAN_SIZE) {
    return Array.from({ length: count }, (_, i) => ({
      degrees: (i - (count - 1) / 2) * FAN_STEP_DEGREES,
      reach: REACH + 6,
    }));
  }
  const reach = Math.max(REACH + 6, (count * HEAD_GAP) / (2 * Math.PI));
  return Array.from({ length: count }, (_, i) => ({ degrees: (i * 360) / count, reach }));
}

/** Points closer than about a metre are the same point. */
function pointKey({ lat, lon }: { lat: number; lon: number }): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}
