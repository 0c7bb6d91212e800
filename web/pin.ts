import { DivIcon, Marker, type Point } from 'leaflet';
import type { Pose } from './fan.ts';

/** A branch as the map knows it. */
export type Spot = {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** What a screen reader calls the marker. */
  readonly label: string;
  /** A permit that is not approved is drawn hollow. */
  readonly approved: boolean;
};

/** Edge of the box around a pin's head, in pixels. */
const BOX = 28;
const HEAD_RADIUS = 11;
const SVG = 'http://www.w3.org/2000/svg';

/** A marker whose element is a named button with the spot's id in `data-spot`. */
export function createPin(spot: Spot, pose: Pose): Marker {
  const marker = new FlatMarker([spot.lat, spot.lon], { icon: icon(spot, pose), riseOnHover: false, keyboard: true });
  marker.on('add', () => {
    const element = marker.getElement();
    element?.setAttribute('aria-label', spot.label);
    element?.setAttribute('data-spot', spot.id);
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

function icon(spot: Spot, { degrees, reach }: Pose): DivIcon {
  const { x, y } = head(degrees, reach);
  return new DivIcon({
    className: spot.approved ? 'pin' : 'pin is-unapproved',
    html: drawing(degrees, reach),
    iconSize: [BOX, BOX],
    iconAnchor: [BOX / 2 - x, BOX / 2 - y],
  });
}

/** Middle of the head in pixels from the tip. */
function head(degrees: number, reach: number): { x: number; y: number } {
  const angle = (degrees * Math.PI) / 180;
  return { x: Math.round(Math.sin(angle) * reach), y: Math.round(-Math.cos(angle) * reach) };
}

/** A drop that tapers to its tip, with a halo (shown when lit) behind it and a dot in it. */
function drawing(degrees: number, reach: number): HTMLElement {
  const angle = Math.asin(HEAD_RADIUS / reach);
  const edge = Math.sqrt(reach * reach - HEAD_RADIUS * HEAD_RADIUS);
  const x = (Math.sin(angle) * edge).toFixed(2);
  const y = (reach - Math.cos(angle) * edge).toFixed(2);
  const r = HEAD_RADIUS;
  const holder = document.createElement('span');
  holder.append(
    element('svg', { viewBox: `${-BOX / 2} ${-BOX / 2} ${BOX} ${BOX}`, 'aria-hidden': 'true' }, [
      element('circle', { class: 'pin-halo', r: r + 4 }),
      element('path', {
        class: 'pin-drop',
        transform: `rotate(${degrees})`,
        d: `M0 ${reach} L${x} ${y} A${r} ${r} 0 1 0 -${x} ${y} Z`,
      }),
      element('circle', { class: 'pin-dot', r: 4 }),
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
