import { LatLngBounds, type Map as LeafletMap, type Marker } from 'leaflet';
import { type Pose, poses } from './fan.ts';
import { createPin, type Spot } from './pin.ts';

export type Placed = { readonly spot: Spot; readonly pose: Pose; readonly marker: Marker };

/** The markers of the answer at hand. */
export type Pins = {
  /** Adds, removes and changes what is different; the others stay, and keep the focus. */
  show(spots: readonly Spot[]): void;
  light(ids: readonly string[], key: string | null): void;
  /** Marks the pin whose popup is open. */
  mark(id: string, open: boolean): void;
  get(id: string): Placed | undefined;
  /** Of all pins; not valid without any. */
  bounds(): LatLngBounds;
  anyWithin(view: LatLngBounds): boolean;
};

export function createPins(map: LeafletMap, onPick: (id: string) => void): Pins {
  const placed = new Map<string, Placed>();
  let lit: readonly string[] = [];

  return {
    show(spots) {
      const wanted = new Set(spots.map(({ id }) => id));
      for (const [id, { marker }] of placed) {
        if (wanted.has(id)) continue;
        marker.remove();
        placed.delete(id);
      }
      const standing = poses(spots);
      spots.forEach((spot, index) => {
        const pose = standing[index] ?? { degrees: 0, reach: 0 };
        const old = placed.get(spot.id);
        if (old && same(old, { spot, pose })) return;
        old?.marker.remove();
        const marker = createPin(spot, pose).addTo(map);
        marker.on('click', () => onPick(spot.id));
        placed.set(spot.id, { spot, pose, marker });
      });
    },
    light(ids, key) {
      for (const id of lit) dress(placed.get(id)?.marker, false, false);
      lit = ids;
      for (const id of ids) dress(placed.get(id)?.marker, true, id === key);
    },
    mark(id, open) {
      const marker = placed.get(id)?.marker;
      marker?.getElement()?.classList.toggle('is-open', open);
      if (marker) raise(marker);
    },
    get: (id) => placed.get(id),
    bounds: () => new LatLngBounds([...placed.values()].map(({ spot }) => [spot.lat, spot.lon] as [number, number])),
    anyWithin: (view) => [...placed.values()].some(({ spot }) => view.contains([spot.lat, spot.lon])),
  };
}

function dress(marker: Marker | undefined, isLit: boolean, isKey: boolean): void {
  const element = marker?.getElement();
  if (!marker || !element) return;
  element.classList.toggle('is-lit', isLit);
  element.classList.toggle('is-key', isKey);
  raise(marker);
}

/** Above every other marker, whatever its latitude: Leaflet orders by pixels from the top. */
function raise(marker: Marker): void {
  const marks = marker.getElement()?.classList;
  const offset = marks?.contains('is-key')
    ? 30_000
    : marks?.contains('is-open')
      ? 20_000
      : marks?.contains('is-lit')
        ? 10_000
        : 0;
  marker.setZIndexOffset(offset);
}

function same(a: Omit<Placed, 'marker'>, b: Omit<Placed, 'marker'>): boolean {
  return (
    a.spot.lat === b.spot.lat &&
    a.spot.lon === b.spot.lon &&
    a.spot.label === b.spot.label &&
    a.spot.approved === b.spot.approved &&
    a.pose.degrees === b.pose.degrees &&
    a.pose.reach === b.pose.reach
  );
}
