import { DivIcon, Marker, type Point } from 'leaflet';
import { bestState, type OpenState } from '../../functions/model/hours/open-state.ts';
import type { MarkerData } from './marker-data.ts';
import { CLUSTER_RADIUS, MARKER_RADIUS } from './marker-groups.ts';
import { headPosition, type Pose } from './spread-markers.ts';

/** Side of the box around a marker's head, in pixels. */
const BOX = 2 * MARKER_RADIUS;
const SVG = 'http://www.w3.org/2000/svg';
/** Diameter of a cluster, in pixels: a target for a thumb. One without open members is smaller in the same target. */
const CLUSTER = 2 * CLUSTER_RADIUS;
const SMALL_CLUSTER = 36;
/** With a longer leg, a marker is a head on a line, so that it hides less. */
const LONGEST_DROP = 36;

/** A marker whose element is a named button with the branch's id in `data-spot`. */
export function createMarker(data: MarkerData, pose: Pose): Marker {
  const { x, y } = headPosition(pose);
  const icon = new DivIcon({
    className: `pin is-${data.state}${data.approved ? '' : ' is-unapproved'}`,
    html: drawing(data.state, pose),
    iconSize: [BOX, BOX],
    iconAnchor: [BOX / 2 - x, BOX / 2 - y],
  });
  return withAttributes(new FlatMarker([data.lat, data.lon], { icon, keyboard: true }), {
    'aria-label': data.label,
    'data-spot': data.id,
  });
}

/** A marker for several branches that would overlap; its element has the first one's id in `data-cluster`. */
export function createCluster(
  members: readonly MarkerData[],
  { at, offset, label }: { at: [lat: number, lon: number]; offset: { x: number; y: number }; label: string },
): Marker {
  const state = bestState(members.map((one) => one.state));
  const size = state === 'closed' ? SMALL_CLUSTER : CLUSTER;
  const face = document.createElement('span');
  face.append(svg('svg', { viewBox: '-6 -6 12 12', 'aria-hidden': 'true' }, [sign(state)]), String(members.length));
  const icon = new DivIcon({
    className: `cluster is-${state}-within${members.length < 100 ? '' : ' is-large'}`,
    html: face,
    iconSize: [size, size],
    iconAnchor: [size / 2 - offset.x, size / 2 - offset.y],
  });
  return withAttributes(new FlatMarker(at, { icon, keyboard: true }), {
    'aria-label': label,
    'data-cluster': members[0]?.id ?? '',
  });
}

/** Sets the diameter of a marker's target for fingers, in pixels. */
export function setTarget(marker: Marker, pixels: number): void {
  marker.getElement()?.style.setProperty('--target', `${pixels}px`);
}

function withAttributes(marker: Marker, attributes: Readonly<Record<string, string>>): Marker {
  marker.on('add', () => {
    for (const [name, value] of Object.entries(attributes)) marker.getElement()?.setAttribute(name, value);
  });
  return marker;
}

/**
 * A marker without a compositor layer of its own: Leaflet places markers by translate3d, and with a thousand layers a frame
 * takes twice as long while a software-drawn map is panned. `_setPos` is the only place where Leaflet 1.9 moves a marker.
 */
class FlatMarker extends Marker {
  _setPos(position: Point): void {
    // @ts-expect-error: not in Leaflet's published types
    super._setPos(position);
    const element = this.getElement();
    if (element) element.style.transform = `translate(${position.x}px, ${position.y}px)`;
  }
}

/** The head of each state: its radius in pixels, and the angles between its corners and the top, in degrees; round without. */
const HEADS: Record<OpenState, { readonly radius: number; readonly corners: readonly number[] }> = {
  open: { radius: 11, corners: [] },
  closed: { radius: 9, corners: [45, 135, 225, 315] },
  unknown: { radius: 13, corners: [0, 90, 180, 270] },
};

/** The sign in the head: a dot for open, a bar for closed, a question mark for unknown. */
const SIGNS: Record<OpenState, { name: string; attributes: Record<string, string | number> }> = {
  open: { name: 'circle', attributes: { r: 4 } },
  closed: { name: 'path', attributes: { d: 'M-3.5 0h7' } },
  unknown: { name: 'path', attributes: { d: 'M-3 -2.6a3 3 0 1 1 4.4 2.7c-1 .6-1.4 1.1-1.4 2M0 4.9v.4' } },
};

function sign(state: OpenState): SVGElement {
  const { name, attributes } = SIGNS[state];
  return svg(name, { class: 'pin-sign', ...attributes });
}

/** A leg from the head to the tip, a head whose shape and size tell the states apart, and a sign. */
function drawing(state: OpenState, { degrees, reach }: Pose): HTMLElement {
  const { radius, corners } = HEADS[state];
  const head =
    corners.length === 0
      ? svg('circle', { class: 'pin-drop', r: radius })
      : svg('path', { class: 'pin-drop', d: `M${corners.map((corner) => onCircle(corner, radius)).join('L')}Z` });
  const leg =
    reach > LONGEST_DROP
      ? svg('path', { class: 'pin-line', d: `M0 0V${reach}` })
      : svg('path', { class: 'pin-leg', d: `M-${radius * 0.7} 0L0 ${reach}L${radius * 0.7} 0Z` });
  leg.setAttribute('transform', `rotate(${degrees})`);
  const holder = document.createElement('span');
  holder.append(
    svg('svg', { viewBox: `${-BOX / 2} ${-BOX / 2} ${BOX} ${BOX}`, 'aria-hidden': 'true' }, [leg, head, sign(state)]),
  );
  return holder;
}

function onCircle(degrees: number, radius: number): string {
  const angle = (degrees * Math.PI) / 180;
  return `${(Math.sin(angle) * radius).toFixed(1)} ${(-Math.cos(angle) * radius).toFixed(1)}`;
}

function svg(name: string, attributes: Record<string, string | number>, children: Element[] = []): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
