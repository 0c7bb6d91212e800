// biome-ignore-all lint/performance/noBarrelFile: it stands for a package.

/**
 * The parts of Leaflet that the page uses: the bundler puts this file in the place of `leaflet` (infra/build/page-bundle.ts).
 * The whole library is 42.0 kB compressed, these parts 34.1 kB (2026-11-26): a twelfth of what a first visit downloads.
 * A part that is missing here stops the build. The handlers and the renderer register themselves when they are imported.
 */
import { disableClickPropagation } from 'leaflet/src/dom/DomEvent.js';
import { create, remove, removeClass } from 'leaflet/src/dom/DomUtil.js';
import 'leaflet/src/control/Control.Zoom.js';
import 'leaflet/src/layer/vector/Renderer.getRenderer.js';
import 'leaflet/src/map/handler/Map.DoubleClickZoom.js';
import 'leaflet/src/map/handler/Map.Drag.js';
import 'leaflet/src/map/handler/Map.Keyboard.js';
import 'leaflet/src/map/handler/Map.ScrollWheelZoom.js';
import 'leaflet/src/map/handler/Map.TapHold.js';
import 'leaflet/src/map/handler/Map.TouchZoom.js';

export { Control } from 'leaflet/src/control/Control.js';
export { LatLngBounds } from 'leaflet/src/geo/LatLngBounds.js';
export { DivIcon } from 'leaflet/src/layer/marker/DivIcon.js';
export { Marker } from 'leaflet/src/layer/marker/Marker.js';
export { GridLayer } from 'leaflet/src/layer/tile/GridLayer.js';
export { TileLayer } from 'leaflet/src/layer/tile/TileLayer.js';
export { Polygon } from 'leaflet/src/layer/vector/Polygon.js';
export { Map } from 'leaflet/src/map/Map.js';

/** Only what is used: for whole namespaces the bundler needs a function of its own, which would be one more file. */
export const DomEvent = { disableClickPropagation };
export const DomUtil = { create, remove, removeClass };
