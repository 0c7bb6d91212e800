import { DivIcon, Marker, type Point } from 'leaflet';
import type { OpenState } from '../../functions/model/hours/open-state.ts';
import type { MarkerData } from './marker-data.ts';
import type { Pose } from './spread-markers.ts';

/** Side of the box around a marker's head, in pixels. */
const BOX = 28;
const HEAD_RADIUS = 11;
const SVG = 'http://www.w3.org/2000/svg';
/** Diameter of a cluster, in pixels: a target for a thumb. */
const CLUSTER = 44;

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
export function createCluster(members: readonly MarkerData[], at: [lat: number, lon: number], label: string): Marker {
  const count = document.createElement('span');
  count.textContent = String(members.length);
  const open = members.some(({ state }) => state === 'open');
  const icon = new DivIcon({
    className: `cluster${open ? ' is-open-within' : ''}`,
    html: count,
    iconSize: [CLUSTER, CLUSTER],
  });
  return withAttributes(new FlatMarker(at, { icon, keyboard: true }), {
    'aria-label': label,
    'data-cluster': members[0]?.id ?? '',
  });
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

/** Where a popup's tip meets the marker's head, in pixels from the marker's tip. */
export function popupOffset(pose: Pose): [x: number, y: number] {
  const { x, y } = headPosition(pose);
  return [x, y - HEAD_RADIUS + 6];
}

/** Middle of the head, in pixels from the tip. */
function headPosition({ degrees, reach }: Pose): { x: number; y: number } {
  const angle = (degrees * Math.PI) / 180;
  return { x: Math.round(Math.sin(angle) * reach), y: Math.round(-Math.cos(angle) * reach) };
}

/** The sign in the head: a dot for open, a bar for closed, a question mark for unknown. */
const SIGNS: Record<OpenState, { name: string; attributes: Record<string, string | number> }> = {
  open: { name: 'circle', attributes: { r: 4 } },
  closed: { name: 'path', attributes: { d: 'M-4.5 0h9' } },
  unknown: { name: 'path', attributes: { d: 'M-3 -2.6a3 3 0 1 1 4.4 2.7c-1 .6-1.4 1.1-1.4 2M0 4.9v.4' } },
};

/** A drop that tapers to its tip, with a halo that shows when highlighted, and a sign; closed markers have a square head. */
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
    svg('svg', { viewBox: `${-BOX / 2} ${-BOX / 2} ${BOX} ${BOX}`, 'aria-hidden': 'true' }, [
      svg('circle', { class: 'pin-halo', r: r + 4 }),
      svg('path', { class: 'pin-drop', transform: `rotate(${degrees})`, d: state === 'closed' ? square : round }),
      svg(name, { class: 'pin-sign', ...attributes }),
    ]),
  );
  return holder;
}

function svg(name: string, attributes: Record<string, string | number>, children: Element[] = []): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
