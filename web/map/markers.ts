import { LatLngBounds, type Map as LeafletMap, type Marker } from 'leaflet';
import type { LatLon } from '../../functions/model/geo.ts';
import { createCluster, createMarker, setTarget } from './marker.ts';
import type { MarkerData } from './marker-data.ts';
import { groupMarkers, type MarkerGroup } from './marker-groups.ts';

/** The markers of the current results. */
export type Markers = {
  /** Adds, removes and changes only what is different, so that the other markers keep the focus. */
  show(data: readonly MarkerData[]): void;
  /** Keeps the place of the search origin's own marker free, from the next `show` on. */
  setOrigin(origin: LatLon | null): void;
  /** Highlights markers, and `primary` more than the others. */
  highlight(ids: readonly string[], primary: string | null): void;
  /** The marker of the branch in the detail, drawn by itself even within a cluster or if it is not a result; `null`: no detail is open. */
  setSelected(data: MarkerData | null): void;
  /** The branches of a cluster, by the id of its first. */
  membersOf(cluster: string): readonly MarkerData[];
  /** Moves the focus to the marker of a branch, to the cluster that contains it, or, if neither is drawn, to the map. */
  focus(id: string): void;
  /** Bounds of the first `limit` branches, or of all; not valid if there are none. */
  bounds(limit?: number): LatLngBounds;
  anyWithin(view: LatLngBounds): boolean;
};

/** Markers outside the view are drawn too, up to this part of the map's size. */
const MARGIN = 0.4;
/** Radius in pixels of the marker of the search origin. */
const ORIGIN_RADIUS = 15;

export function createMarkers(
  map: LeafletMap,
  {
    onSelect,
    onClusterSelect,
    clusterLabel,
  }: {
    onSelect: (id: string) => void;
    onClusterSelect: (members: readonly MarkerData[]) => void;
    clusterLabel: (members: readonly MarkerData[]) => string;
  },
): Markers {
  let all: readonly MarkerData[] = [];
  let origin: LatLon | null = null;
  let selectedData: MarkerData | null = null;
  let highlighted: ReadonlySet<string> = new Set();
  let primary: string | null = null;
  const drawn = new Map<string, MarkerGroup & { readonly marker: Marker }>();
  let cache: { zoom: number; data: readonly MarkerData[]; layout: ReturnType<typeof groupMarkers> } | null = null;

  /** The layout depends on the zoom only, so panning reuses it. */
  function layoutAtZoom(): ReturnType<typeof groupMarkers> {
    const zoom = map.getZoom();
    if (cache?.zoom !== zoom || cache.data !== all) {
      const project = ({ lat, lon }: LatLon) => map.project([lat, lon], zoom);
      const at = origin && project(origin);
      const obstacles = at ? [{ x: at.x, y: at.y, radius: ORIGIN_RADIUS }] : [];
      cache = { zoom, data: all, layout: groupMarkers(all, { zoom, lastZoom: map.getMaxZoom(), project, obstacles }) };
    }
    return cache.layout;
  }

  function draw(): void {
    const view = map.getBounds().pad(MARGIN);
    const visible = new Map<string, MarkerGroup>();
    const { groups, separate } = layoutAtZoom();
    for (const group of groups) {
      if (view.contains(group.at)) visible.set(group.key, group);
    }
    const selected = all.find(({ id }) => id === selectedData?.id) ?? selectedData;
    if (selected && ![...visible.values()].some(({ pose, members }) => pose !== null && members[0] === selected)) {
      const group = separate(selected);
      visible.set(group.key, group);
    }
    const focused = findDrawn(({ marker }) => marker.getElement() === document.activeElement);
    for (const [key, { marker }] of drawn) {
      if (visible.has(key)) continue;
      marker.remove();
      drawn.delete(key);
    }
    for (const [key, group] of visible) {
      const marker = drawn.get(key)?.marker ?? createMarkerOf(group)?.addTo(map);
      if (!marker) continue;
      if (drawn.get(key)?.target !== group.target) setTarget(marker, group.target);
      drawn.set(key, { ...group, marker });
    }
    updateClasses();
    if (focused && !drawn.has(focused.key)) focus(focused.members[0]?.id);
  }

  function createMarkerOf({ members, pose, at, offset }: MarkerGroup): Marker | null {
    const [first] = members;
    if (!first) return null;
    const marker = pose
      ? createMarker(first, pose)
      : createCluster(members, { at, offset, label: clusterLabel(members) });
    return marker.on('click', () => (pose ? onSelect(first.id) : onClusterSelect(members)));
  }

  function updateClasses(): void {
    for (const { marker, members } of drawn.values()) {
      const isPrimary = members.some(({ id }) => id === primary);
      setClasses(marker, {
        'is-lit': isPrimary || members.some(({ id }) => highlighted.has(id)),
        'is-key': isPrimary,
        'is-selected': members.length === 1 && members[0]?.id === selectedData?.id,
      });
    }
  }

  const findDrawn = (matches: (group: MarkerGroup & { readonly marker: Marker }) => boolean) =>
    [...drawn.values()].find(matches);
  const focus = (id: string | undefined) =>
    (findDrawn(({ members }) => members.some((one) => one.id === id))?.marker.getElement() ?? map.getContainer()).focus(
      {
        preventScroll: true,
      },
    );
  map.on('moveend', draw);

  return {
    show(data) {
      all = data;
      draw();
    },
    setOrigin(point) {
      if (origin?.lat === point?.lat && origin?.lon === point?.lon) return;
      origin = point;
      cache = null;
    },
    highlight(ids, newPrimary) {
      highlighted = new Set(ids);
      primary = newPrimary;
      updateClasses();
    },
    setSelected(data) {
      if (data?.id === selectedData?.id) return;
      selectedData = data;
      draw();
    },
    membersOf: (cluster) =>
      findDrawn(({ pose, members }) => pose === null && members[0]?.id === cluster)?.members ?? [],
    focus,
    bounds: (limit = all.length) =>
      new LatLngBounds(all.slice(0, limit).map(({ lat, lon }) => [lat, lon] as [number, number])),
    anyWithin: (view) => all.some(({ lat, lon }) => view.contains([lat, lon])),
  };
}

/** Also raises the marker above all others: by itself, Leaflet orders markers by latitude. */
function setClasses(marker: Marker, states: { 'is-lit': boolean; 'is-key': boolean; 'is-selected': boolean }): void {
  const classes = marker.getElement()?.classList;
  if (!classes) return;
  let changed = false;
  for (const [name, on] of Object.entries(states)) {
    if (classes.contains(name) === on) continue;
    classes.toggle(name, on);
    changed = true;
  }
  if (!changed) return;
  marker.setZIndexOffset(states['is-key'] ? 30_000 : states['is-selected'] ? 20_000 : states['is-lit'] ? 10_000 : 0);
}
