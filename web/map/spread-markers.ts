/** How a marker leans: rotated about its tip by `degrees`, with the middle of its head `reach` pixels from the tip. */
export type Pose = { readonly degrees: number; readonly reach: number };

/** Distance in pixels from the tip of an upright marker to the middle of its head. */
const REACH = 24;
/** The same for a marker that leans: five around one point have 5 pixels between their heads. */
const LEANING_REACH = 34;
/** Pixels between the middles of two heads, which are 28 pixels wide: positions are rounded to whole pixels. */
const HEAD_GAP = 30;
/** Up to this many markers spread like a fan; more go around the whole circle. */
const FAN_SIZE = 5;
const FAN_STEP_DEGREES = 54;

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
      reach: LEANING_REACH,
    }));
  }
  const reach = Math.max(LEANING_REACH, HEAD_GAP / (2 * Math.sin(Math.PI / count)));
  return Array.from({ length: count }, (_, i) => ({ degrees: (i * 360) / count, reach }));
}

/** Points closer than about a metre are the same point. */
function pointKey({ lat, lon }: { lat: number; lon: number }): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}

/** Other poses for a marker whose first choice is taken: ring by ring outward to `maxReach` pixels, each from its top. */
export function* leaningPoses(maxReach: number): Generator<Pose> {
  for (let reach = LEANING_REACH; reach <= maxReach; reach += HEAD_GAP) {
    const steps = Math.floor((2 * Math.PI * reach) / HEAD_GAP);
    for (let step = 0; step < steps; step++) {
      const side = step % 2 === 0 ? -1 : 1;
      yield { degrees: (side * Math.ceil(step / 2) * 360) / steps, reach };
    }
  }
}

/** Middle of a marker's head, in whole pixels from its tip. */
export function headPosition({ degrees, reach }: Pose): { readonly x: number; readonly y: number } {
  const angle = (degrees * Math.PI) / 180;
  return { x: Math.round(Math.sin(angle) * reach), y: Math.round(-Math.cos(angle) * reach) };
}
