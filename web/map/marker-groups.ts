import { groupOverlapping, type PixelPoint } from './clustering.ts';
import type { MarkerData } from './marker-data.ts';
import { type Pose, spreadMarkers, UPRIGHT } from './spread-markers.ts';

/** The branches that one marker shows: a single branch with its pose, or a cluster. */
export type MarkerGroup = {
  /** Contains everything that the marker is drawn from, so that a changed marker has another key. */
  readonly key: string;
  readonly members: readonly MarkerData[];
  /** `null` for a cluster. */
  readonly pose: Pose | null;
  /** Latitude and longitude of the first member. */
  readonly at: [lat: number, lon: number];
};

/** From this number of markers on, those that would overlap are drawn as one cluster. */
const CLUSTER_FROM = 60;
/** Pixels within which markers overlap. A cluster is drawn at its first member, so two clusters are never closer. */
const REACH = 52;
/** From this zoom on every branch has its own marker: those of one intersection spread. */
const SINGLE_ZOOM = 16;

/** @param project the pixel position of a branch at `zoom` */
export function groupMarkers(
  markers: readonly MarkerData[],
  zoom: number,
  project: (data: MarkerData) => PixelPoint,
): MarkerGroup[] {
  const single = zoom >= SINGLE_ZOOM || markers.length < CLUSTER_FROM;
  const indexes = single ? markers.map((_, index) => [index]) : groupOverlapping(markers.map(project), REACH);
  const groups = indexes.map((group) => group.flatMap((index) => markers[index] ?? []));
  const alone = groups.flatMap((members) => (members.length === 1 ? members : []));
  const poses = new Map(spreadMarkers(alone).map((pose, index) => [alone[index]?.id, pose]));
  return groups.flatMap((members): MarkerGroup[] => {
    const [first] = members;
    if (!first) return [];
    if (members.length === 1) return [singleMarker(first, poses.get(first.id))];
    const key = `cluster ${zoom} ${members.map(({ id, state }) => id + state).join(' ')}`;
    return [{ key, members, pose: null, at: [first.lat, first.lon] }];
  });
}

/** The group of a branch with a marker of its own. */
export function singleMarker(data: MarkerData, pose = UPRIGHT): MarkerGroup {
  const { id, state, approved, label, lat, lon } = data;
  const key = [id, state, approved, label, lat, lon, pose.degrees, pose.reach].join(' ');
  return { key, members: [data], pose, at: [lat, lon] };
}
