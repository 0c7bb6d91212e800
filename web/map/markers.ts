import { LatLngBounds, type Map as LeafletMap, type Marker } from 'leaflet';
import { groupOverlapping } from './clustering.ts';
import { createCluster, createMarker, type MarkerData } from './marker.ts';
import { type Pose, poses } from './spread-markers.ts';

export type Placed = { readonly spot: MarkerData; readonly pose: Pose; readonly marker: Marker };

/** The markers of the answer at hand. */
export type Markers = {
  /** Adds, removes and changes what is different; the others stay, and keep the focus. */
  show(spots: readonly MarkerData[]): void;
  light(ids: readonly string[], key: string | null): void;
  /** Marks the pin whose popup is open; it stands alone, whatever lies around it. */
  mark(id: string, open: boolean): void;
  get(id: string): Placed | undefined;
  /** The spots that a cluster stands for, by the id of its first. */
  membersOf(cluster: string): readonly MarkerData[];
  /** Moves the focus to the marker of a spot, or to the cluster that stands for it. */
  focus(id: string): void;
  /** Of the first `most` spots, or of all; not valid without any. */
  bounds(most?: number): LatLngBounds;
  anyWithin(view: LatLngBounds): boolean;
};

/** From so many spots on, those that would lie on each other are drawn as one. */
const CLUSTER_FROM = 60;
/** Pixels within which markers would cover each other. A cluster stands on its first spot, so that no two are nearer. */
const REACH = 52;
/** From this zoom on every spot stands for itself: a corner's pins open like a hand of cards. */
const SINGLE_ZOOM = 16;
/** Markers this far outside of what is seen are drawn too, as a part of the map's size. */
const MARGIN = 0.4;

/** What is drawn: one marker for one spot, or for several. */
type Drawn = { readonly marker: Marker; readonly members: readonly MarkerData[]; readonly pose: Pose | null };

export function createMarkers(
  map: LeafletMap,
  {
    onPick,
    onCluster,
    clusterLabel,
  }: {
    onPick: (id: string) => void;
    onCluster: (spots: readonly MarkerData[]) => void;
    clusterLabel: (spots: number) => string;
  },
): Markers {
  let all: readonly MarkerData[] = [];
  let opened: string | null = null;
  let lit: readonly string[] = [];
  let key: string | null = null;
  const drawn = new Map<string, Drawn>();
  let grouped: { zoom: number; from: readonly MarkerData[]; groups: Wanted[] } | null = null;

  type Wanted = {
    readonly name: string;
    readonly members: readonly MarkerData[];
    readonly pose: Pose | null;
    readonly at: [number, number];
  };

  /** What stands for what at this zoom, wherever one looks. */
  function groupsNow(): Wanted[] {
    const zoom = map.getZoom();
    if (grouped?.zoom === zoom && grouped.from === all) return grouped.groups;
    const single = zoom >= SINGLE_ZOOM || all.length < CLUSTER_FROM;
    const dots = single ? [] : all.map(({ lat, lon }) => map.project([lat, lon], zoom));
    const parts = single ? all.map((_, index) => [index]) : groupOverlapping(dots, REACH);
    const members = parts.map((part) => part.flatMap((index) => all[index] ?? []));
    const alone = members.flatMap((group) => (group.length === 1 ? group : []));
    const standing = new Map(poses(alone).map((pose, index) => [alone[index]?.id, pose]));
    const groups = members.flatMap((group): Wanted[] => {
      const [first] = group;
      if (!first) return [];
      if (group.length === 1) {
        const pose = standing.get(first.id) ?? { degrees: 0, reach: 24 };
        return [{ name: nameOf(first, pose), members: group, pose, at: [first.lat, first.lon] }];
      }
      const name = `cluster ${zoom} ${group.map(({ id, state }) => id + state).join(' ')}`;
      return [{ name, members: group, pose: null, at: [first.lat, first.lon] }];
    });
    grouped = { zoom, from: all, groups };
    return groups;
  }

  function draw(): void {
    const seen = map.getBounds().pad(MARGIN);
    const wanted = new Map<string, Wanted>();
    for (const group of groupsNow()) {
      if (seen.contains(group.at)) wanted.set(group.name, group);
    }
    const open = all.find(({ id }) => id === opened);
    const own = open && [...wanted.values()].some(({ pose, members }) => pose !== null && members[0] === open);
    if (open && !own) {
      const pose = { degrees: 0, reach: 24 };
      wanted.set(nameOf(open, pose), { name: nameOf(open, pose), members: [open], pose, at: [open.lat, open.lon] });
    }
    for (const [name, { marker }] of drawn) {
      if (wanted.has(name)) continue;
      marker.remove();
      drawn.delete(name);
    }
    for (const [name, { members, pose, at }] of wanted) {
      if (drawn.has(name)) continue;
      const [first] = members;
      if (!first) continue;
      const marker = pose ? createMarker(first, pose) : createCluster(members, at, clusterLabel(members.length));
      marker.on('click', () => (pose ? onPick(first.id) : onCluster(members)));
      drawn.set(name, { marker: marker.addTo(map), members, pose });
    }
    dressAll();
  }

  function dressAll(): void {
    const lights = new Set(lit);
    for (const { marker, members } of drawn.values()) {
      const isKey = members.some(({ id }) => id === key);
      dress(marker, {
        'is-lit': isKey || members.some(({ id }) => lights.has(id)),
        'is-key': isKey,
        'is-open-popup': members.length === 1 && members[0]?.id === opened,
      });
    }
  }

  const holding = (id: string) => [...drawn.values()].find(({ members }) => members.some((one) => one.id === id));
  map.on('moveend', draw);

  return {
    show(spots) {
      all = spots;
      draw();
    },
    light(ids, of) {
      [lit, key] = [ids, of];
      dressAll();
    },
    mark(id, open) {
      opened = open ? id : opened === id ? null : opened;
      draw();
    },
    get(id) {
      const found = [...drawn.values()].find(({ pose, members }) => pose !== null && members[0]?.id === id);
      const spot = found?.members[0];
      return found?.pose && spot ? { spot, pose: found.pose, marker: found.marker } : undefined;
    },
    membersOf: (cluster) =>
      [...drawn.values()].find(({ pose, members }) => pose === null && members[0]?.id === cluster)?.members ?? [],
    focus: (id) => holding(id)?.marker.getElement()?.focus({ preventScroll: true }),
    bounds: (most = all.length) =>
      new LatLngBounds(all.slice(0, most).map(({ lat, lon }) => [lat, lon] as [number, number])),
    anyWithin: (view) => all.some(({ lat, lon }) => view.contains([lat, lon])),
  };
}

/** A pin's name says everything that it is drawn from: another name is another marker. */
function nameOf({ id, state, approved, label, lat, lon }: MarkerData, { degrees, reach }: Pose): string {
  return [id, state, approved, label, lat, lon, degrees, reach].join(' ');
}

/** Above every other marker, whatever its latitude: Leaflet orders by pixels from the top. */
function dress(marker: Marker, marks: { 'is-lit': boolean; 'is-key': boolean; 'is-open-popup': boolean }): void {
  const classes = marker.getElement()?.classList;
  if (!classes) return;
  let changed = false;
  for (const [name, on] of Object.entries(marks)) {
    if (classes.contains(name) === on) continue;
    classes.toggle(name, on);
    changed = true;
  }
  if (!changed) return;
  marker.setZIndexOffset(marks['is-key'] ? 30_000 : marks['is-open-popup'] ? 20_000 : marks['is-lit'] ? 10_000 : 0);
}
