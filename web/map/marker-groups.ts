import { groupOverlapping, type PixelPoint } from './clustering.ts';
import type { MarkerData } from './marker-data.ts';
import { type Circle, createOccupiedCircles, type OccupiedCircles } from './occupied-circles.ts';
import { headPosition, leaningPoses, type Pose, spreadMarkers, UPRIGHT } from './spread-markers.ts';

/** The branches that one marker shows: a single branch with its pose, or a cluster. */
export type MarkerGroup = {
  /** Contains everything that the marker is drawn from but `target`, so that a changed marker has another key. */
  readonly key: string;
  readonly members: readonly MarkerData[];
  /** `null` for a cluster. */
  readonly pose: Pose | null;
  /** Latitude and longitude of the first member. */
  readonly at: [lat: number, lon: number];
  /** Pixels from that point to the middle of the target. */
  readonly offset: PixelPoint;
  /** Diameter of the target in pixels, as large as its neighbours allow. */
  readonly target: number;
};

/** What {@link groupMarkers} needs to know of the map. */
export type MarkerSpace = {
  readonly zoom: number;
  /** The deepest zoom: every branch has its own marker there. */
  readonly lastZoom: number;
  /** The pixel position of a point at `zoom`. */
  readonly project: (point: { readonly lat: number; readonly lon: number }) => PixelPoint;
  /** Targets that markers must not cover. */
  readonly obstacles: readonly Circle[];
};

/** Radius of a marker's target and of a cluster's, in pixels. */
export const MARKER_RADIUS = 14;
export const CLUSTER_RADIUS = 22;
/** Members of a group are at most this many pixels from its first. Clusters, which are drawn there, do not touch. */
const GROUP_PIXELS = 52;
/** Among few markers, and from the zoom of single streets on, groups of up to a full ring of heads spread. */
const RING_MOST = 7;
const FEW_MARKERS = 30;
const STREET_ZOOM = 16;
/** Otherwise, larger groups than these are a cluster. */
const SPREAD_MOST = 4;
/**
 * Of more markers than this, all groups are: with 564 instead of 368 markers drawn of 5,000, a map is panned at 0.68 instead of
 * 0.92 of the frame rate of an empty one (2026-11-26).
 */
const SPREAD_MARKERS = 1_000;
/** A marker with a longer leg is too far from its place: before the last zoom, its group becomes a cluster instead. */
const MAX_REACH = 64;

/**
 * Gives every branch a marker or a place in a cluster, such that no two targets overlap and each can be pressed. Only zoom, order
 * and obstacles decide, so panning changes nothing.
 */
export function groupMarkers(markers: readonly MarkerData[], space: MarkerSpace) {
  const { zoom, lastZoom, project } = space;
  const isLast = zoom >= lastZoom;
  const most = isLast ? Number.POSITIVE_INFINITY : spreadMost(markers.length, zoom);
  const points = markers.map(project);
  const poses = spreadMarkers(markers);
  const groups = groupOverlapping(points, GROUP_PIXELS);
  const clusters = new Set(groups.filter(({ length }) => length > most));
  for (;;) {
    const layout = place(groups, clusters, { points, poses, obstacles: space.obstacles, isLast });
    if (layout.failed.length === 0) return toMarkerGroups(markers, layout, space);
    for (const group of layout.failed) clusters.add(group);
  }
}

/** Size of the largest group that spreads instead of becoming a cluster. */
function spreadMost(markers: number, zoom: number): number {
  if (markers <= FEW_MARKERS || zoom >= STREET_ZOOM) return RING_MOST;
  return markers <= SPREAD_MARKERS ? SPREAD_MOST : 1;
}

type Placed = { readonly group: readonly number[]; readonly pose: Pose | null; readonly circle: Circle };

/** Places clusters first, then single branches, which always find a place, then the groups that spread. */
function place(
  groups: readonly number[][],
  clusters: ReadonlySet<number[]>,
  {
    points,
    poses,
    obstacles,
    isLast,
  }: { points: readonly PixelPoint[]; poses: readonly Pose[]; obstacles: readonly Circle[]; isLast: boolean },
) {
  const occupied = createOccupiedCircles();
  for (const obstacle of obstacles) occupied.add(obstacle);
  const placed: Placed[] = [];
  const failed: number[][] = [];
  for (const group of clusters) {
    const circle = clusterCircle(points[group[0] ?? 0], occupied);
    occupied.add(circle);
    placed.push({ group, pose: null, circle });
  }
  const others = groups.filter((group) => !clusters.has(group)).sort((a, b) => a.length - b.length);
  for (const group of others) {
    const maxReach = isLast || group.length === 1 ? Number.POSITIVE_INFINITY : MAX_REACH;
    for (const index of group) {
      const found = freePose(points[index], { occupied, maxReach, preferred: poses[index] ?? UPRIGHT });
      if (!found) {
        failed.push(group);
        break;
      }
      occupied.add(found.circle);
      placed.push({ group: [index], ...found });
    }
  }
  return { occupied, placed, failed };
}

const AT_ORIGIN: PixelPoint = { x: 0, y: 0 };

function circleAt(at: PixelPoint, offset: PixelPoint, radius: number): Circle {
  return { x: at.x + offset.x, y: at.y + offset.y, radius };
}

/** A cluster leaves its place only for an obstacle. */
function clusterCircle(at: PixelPoint = AT_ORIGIN, occupied: OccupiedCircles): Circle {
  const first = circleAt(at, AT_ORIGIN, CLUSTER_RADIUS);
  if (occupied.gapAround(first) >= 0) return first;
  for (const pose of leaningPoses(MAX_REACH)) {
    const circle = circleAt(at, headPosition(pose), CLUSTER_RADIUS);
    if (occupied.gapAround(circle) >= 0) return circle;
  }
  return first;
}

function freePose(
  at: PixelPoint = AT_ORIGIN,
  { occupied, maxReach, preferred }: { occupied: OccupiedCircles; maxReach: number; preferred: Pose },
): { pose: Pose; circle: Circle } | null {
  const circleOf = (pose: Pose) => circleAt(at, headPosition(pose), MARKER_RADIUS);
  const isFree = (pose: Pose) => occupied.gapAround(circleOf(pose)) >= 0;
  if (preferred.reach <= maxReach && isFree(preferred)) return { pose: preferred, circle: circleOf(preferred) };
  for (const pose of leaningPoses(maxReach)) if (isFree(pose)) return { pose, circle: circleOf(pose) };
  return null;
}

function toMarkerGroups(
  markers: readonly MarkerData[],
  { occupied, placed }: ReturnType<typeof place>,
  { zoom, project }: MarkerSpace,
) {
  const groupOf = ({ group, pose, circle }: Placed): MarkerGroup[] => {
    const members = group.flatMap((index) => markers[index] ?? []);
    const [first] = members;
    if (!first) return [];
    const point = project(first);
    const offset = { x: circle.x - point.x, y: circle.y - point.y };
    if (pose) return [singleMarker(first, pose, occupied.gapAround(circle))];
    const ids = members.map(({ id, state }) => id + state).join(' ');
    const key = `cluster ${zoom} ${Math.round(offset.x)} ${Math.round(offset.y)} ${ids}`;
    return [{ key, members, pose, at: [first.lat, first.lon], offset, target: 2 * CLUSTER_RADIUS }];
  };
  return {
    groups: placed.flatMap(groupOf),
    /** A further marker for a branch of a cluster, next to everything else. */
    separate(data: MarkerData): MarkerGroup {
      const options = { occupied, maxReach: Number.POSITIVE_INFINITY, preferred: UPRIGHT };
      return singleMarker(data, freePose(project(data), options)?.pose ?? UPRIGHT, 0);
    },
  };
}

/** @param gap pixels to the nearest other target; both may grow by half of it, up to a cluster's size */
function singleMarker(data: MarkerData, pose: Pose, gap: number): MarkerGroup {
  const { id, state, approved, label, lat, lon } = data;
  const target = 2 * Math.min(CLUSTER_RADIUS, MARKER_RADIUS + Math.max(0, Math.floor(gap / 2)));
  const key = [id, state, approved, label, lat, lon, pose.degrees, pose.reach].join(' ');
  return { key, members: [data], pose, at: [lat, lon], offset: headPosition(pose), target };
}
