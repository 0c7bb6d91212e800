import { DivIcon, Marker, type Point } from 'leaflet';
import type { OpenState } from '../../functions/model/hours/open-state.ts';
import type { Pose } from './spread-markers.ts';

/** A branch as the map knows it. */
export type MarkerData = {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** What a screen reader calls the marker. */
  readonly label: string;
  /** Gives the marker its colour, the shape of its head and the sign in it. */
  readonly state: OpenState;
  /** A permit that is not approved is drawn hollow. */
  readonly approved: boolean;
};

/** Edge of the box around a pin's head, in pixels. */
const BOX = 28;
const HEAD_RADIUS = 11;
const SVG = 'http://www.w3.org/2000/svg';
/** Edge of a cluster's circle, in pixels: a thumb's target. */
const CLUSTER = 44;

/** A marker whose element is a named button with the spot's id in `data-spot`. */
export function createMarker(spot: MarkerData, pose: Pose): Marker {
  const { x, y } = head(pose.degrees, pose.reach);
  const icon = new DivIcon({
    className: `pin is-${spot.state}${spot.approved ? '' : ' is-unapproved'}`,
    html: drawing(spot.state, pose),
    iconSize: [BOX, BOX],
    iconAnchor: [BOX / 2 - x, BOX / 2 - y],
  });
  return named(new FlatMarker([spot.lat, spot.lon], { icon, keyboard: true }), spot.label, 'data-spot', spot.id);
}

/** A marker that stands for several spots which would lie on each other; its element has the first one's id in `data-cluster`. */
export function createCluster(spots: readonly MarkerData[], at: [number, number], label: string): Marker {
  const count = document.createElement('span');
  count.textContent = String(spots.length);
  const open = spots.some(({ state }) => state === 'open');
  const icon = new DivIcon({
    className: `cluster${open ? ' is-open-within' : ''}`,
    html: count,
    iconSize: [CLUSTER, CLUSTER],
  });
  return named(new FlatMarker(at, { icon, keyboard: true }), label, 'data-cluster', spots[0]?.id ?? '');
}

function named(marker: Marker, label: string, key: string, id: string): Marker {
  marker.on('add', () => {
    const element = marker.getElement();
    element?.setAttribute('aria-label', label);
    element?.setAttribute(key, id);
  });
  return marker;
}

/**
 * Stands on the map without a compositor layer of its own: Leaflet places markers by translate3d, and a thousand layers make
 * panning a software-drawn map take twice as long a frame. `_setPos` is Leaflet 1.9's only way to move a marker.
 */
class FlatMarker extends Marker {
  _setPos(position: Point): void {
    // @ts-expect-error: not in Leaflet's published types
    super._setPos(position);
    const element = this.getElement();
    if (element) element.style.transform = `translate(${position.x}px, ${position.y}px)`;
  }
}

/** Where a popup's tip meets the pin's head, in pixels from the place. */
export function popupOffset({ degrees, reach }: Pose): [x: number, y: number] {
  const { x, y } = head(degrees, reach);
  return [x, y - HEAD_RADIUS + 6];
}

/** Middle of the head in pixels from the tip. */
function head(degrees: number, reach: number): { x: number; y: number } {
  const angle = (degrees * Math.PI) / 180;
  return { x: Math.round(Math.sin(angle) * reach), y: Math.round(-Math.cos(angle) * reach) };
}

/** What stands in the head: a dot for open, a bar for closed, a question mark for unknown. */
const SIGNS: Record<OpenState, { name: string; attributes: Record<string, string | number> }> = {
  open: { name: 'circle', attributes: { r: 4 } },
  closed: { name: 'path', attributes: { d: 'M-4.5 0h9' } },
  unknown: { name: 'path', attributes: { d: 'M-3 -2.6a3 3 0 1 1 4.4 2.7c-1 .6-1.4 1.1-1.4 2M0 4.9v.4' } },
};

/** A drop that tapers to its tip, with a halo (shown when lit) behind it and a sign in it; closed ones have a square head. */
function drawing(state: OpenState, { degrees, reach }: Pose): HTMLElement {
  const angle = Math.asin(HEAD_RADIUS / reach);
  const edge = Math.sqrt(reach * reach - HEAD_RADIUS * HEAD_RADIUS);
  const x = (Math.sin(angle) * edge).toFixed(2);
  const y = (reach - Math.cos(angle) * edge).toFixed(2);
  const r = HEAD_RADIUS;
  const { name, attributes } = SIGNS[state];
  const round = `M0 ${reach} L${x} ${y} A${r} ${r} 0 1 0 -${x} ${y} Z`;
  const square = `M0 ${reach} L6 10 H9.5 V-9.5 H-9.5 V10 H-6 Z`;
  const holder = document.createElement('span');
  holder.append(
    element('svg', { viewBox: `${-BOX / 2} ${-BOX / 2} ${BOX} ${BOX}`, 'aria-hidden': 'true' }, [
      element('circle', { class: 'pin-halo', r: r + 4 }),
      element('path', { class: 'pin-drop', transform: `rotate(${degrees})`, d: state === 'closed' ? square : round }),
      element(name, { class: 'pin-sign', ...attributes }),
    ]),
  );
  return holder;
}

function element(name: string, attributes: Record<string, string | number>, children: Element[] = []): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}
