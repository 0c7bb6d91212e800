import { type Map as LeafletMap, TileLayer } from 'leaflet';
import { archiveOf } from '../../functions/model/tile-url.ts';
import type { MetaAnswer } from '../api/types.ts';
import { addPmtilesLayer } from './pmtiles.ts';

export type TileSource = NonNullable<MetaAnswer['tiles']>;

/** After this number of failed tiles without a loaded one, the tile server counts as unreachable. */
const FAILED_TILES = 6;

/**
 * Adds the configured base layer over the outline.
 * @param onChange told whether the layer is shown
 * @returns removes the layer for good
 */
export function addBaseLayer(map: LeafletMap, tiles: TileSource, onChange: (shown: boolean) => void): () => void {
  const archive = archiveOf(tiles.url);
  return archive === null ? addTileLayer(map, tiles, onChange) : addPmtilesLayer(map, archive, onChange);
}

/**
 * Street tiles over the outline. If the tile server is unreachable, the layer is removed and the outline remains; it is added
 * again when the device comes back online. Only visible tiles are requested, and only the browser's own cache keeps them: tile
 * providers forbid more.
 */
function addTileLayer(map: LeafletMap, tiles: TileSource, onChange: (shown: boolean) => void): () => void {
  let loaded = 0;
  let failed = 0;
  // Between two zoom levels, the browser would scale every tile, and its text.
  map.options.zoomSnap = 1;
  map.setZoom(Math.floor(map.getZoom()), { animate: false });
  const layer = new TileLayer(tiles.url, {
    maxNativeZoom: tiles.maxZoom,
    maxZoom: map.getMaxZoom(),
    // Tile servers that check the Referer need the origin, and nothing more.
    referrerPolicy: 'strict-origin-when-cross-origin',
    // A transparent pixel, because the browser's "broken image" would cover the outline.
    errorTileUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==',
  });
  layer.on('tileload', ({ tile }) => {
    if (!(tile as HTMLImageElement).src.startsWith('data:')) loaded += 1;
  });
  layer.on('tileerror', () => {
    failed += 1;
    if (loaded === 0 && failed >= FAILED_TILES && map.hasLayer(layer)) {
      layer.remove();
      onChange(false);
    }
  });
  const show = () => {
    loaded = 0;
    failed = 0;
    layer.addTo(map);
    onChange(true);
  };
  const retry = () => {
    if (!map.hasLayer(layer)) show();
  };
  window.addEventListener('online', retry);
  show();
  return () => {
    window.removeEventListener('online', retry);
    layer.remove();
    onChange(false);
  };
}
