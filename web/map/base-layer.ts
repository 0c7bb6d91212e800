import { type Map as LeafletMap, TileLayer } from 'leaflet';
import { archiveOf } from '../../functions/model/tile-url.ts';
import type { MetaAnswer } from '../api/types.ts';
import { addArchive } from './pmtiles.ts';

export type TileSource = NonNullable<MetaAnswer['tiles']>;

/** So many failed tiles with none loaded mean that the server is not to be had. */
const FAILED_TILES = 6;

/**
 * The base layer that the settings name, over the outline.
 * @param onChange told whether it is on the map
 * @returns takes the layer away for good
 */
export function addBaseLayer(map: LeafletMap, tiles: TileSource, onChange: (shown: boolean) => void): () => void {
  const archive = archiveOf(tiles.url);
  return archive === null ? addPictures(map, tiles, onChange) : addArchive(map, archive, onChange);
}

/**
 * Street tiles over the outline. When the server is not to be had, the layer goes, so that the outline is the map;
 * it is tried again when the device comes back online. Only what is on the screen is asked for, and kept by the browser as the server
 * allows: tile providers forbid more.
 */
function addPictures(map: LeafletMap, tiles: TileSource, onChange: (shown: boolean) => void): () => void {
  let loaded = 0;
  let failed = 0;
  const layer = new TileLayer(tiles.url, {
    maxNativeZoom: tiles.maxZoom,
    maxZoom: map.getMaxZoom(),
    // Tile servers that check the Referer need the origin, and nothing more.
    referrerPolicy: 'strict-origin-when-cross-origin',
    // A grey "image missing" would stand on the outline; a clear pixel does not.
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
  const again = () => {
    if (!map.hasLayer(layer)) show();
  };
  window.addEventListener('online', again);
  show();
  return () => {
    window.removeEventListener('online', again);
    layer.remove();
    onChange(false);
  };
}
