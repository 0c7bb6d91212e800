import type * as Leaflet from 'leaflet';
import type { Coords, DoneCallback, Layer, Map as LeafletMap } from 'leaflet';
import { PMTiles, TileType } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';

/** The parts of Leaflet that draw an archive. The map passes its own: imported here, they would be a third file, which every visit loads. */
export type LeafletParts = { readonly GridLayer: typeof Leaflet.GridLayer; readonly DomUtil: typeof Leaflet.DomUtil };

/** How vector tiles are drawn; raster tiles ignore it. `language`: BCP 47, of the labels. */
export type ArchiveStyle = { readonly dark: boolean; readonly language: string };

const IMAGE_TYPES: Readonly<Partial<Record<TileType, string>>> = {
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
};

/**
 * A layer for an archive: vector tiles in the schema of the Protomaps basemap, or raster tiles.
 * @throws Error if the archive cannot be loaded, is not one, or holds another kind of tiles
 */
export async function createPmtilesLayer(
  map: LeafletMap,
  url: string,
  { style, parts }: { style: ArchiveStyle; parts: LeafletParts },
): Promise<Layer> {
  const archive = new PMTiles(new URL(url, location.href).href);
  const { tileType, minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = await archive.getHeader();
  const options = {
    bounds: [
      [minLat, minLon],
      [maxLat, maxLon],
    ] as [[number, number], [number, number]],
    noWrap: true,
    minZoom,
    maxZoom: map.getMaxZoom(),
  };
  const imageType = IMAGE_TYPES[tileType];
  if (imageType) {
    const RasterLayer = rasterLayer(parts, archive, imageType);
    return new RasterLayer({ ...options, maxNativeZoom: maxZoom });
  }
  if (tileType !== TileType.Mvt)
    throw new Error(`${url} holds tiles of type ${tileType}, which are neither vector nor raster tiles`);
  // protomaps-leaflet expects Leaflet as a global; it uses only these two parts.
  Object.assign(globalThis, { L: parts });
  // A pane of its own, because the dark scheme inverts the colours of the tile pane.
  if (!map.getPane('archive')) map.createPane('archive').classList.add('archive-pane');
  // Its declared type is an anonymous object that does not extend Leaflet's Layer.
  return leafletLayer({
    ...options,
    url: archive,
    flavor: style.dark ? 'dark' : 'light',
    lang: style.language,
    // Beyond its deepest zoom, an archive is drawn from its deepest tiles.
    maxDataZoom: maxZoom,
    pane: 'archive',
  }) as unknown as Layer;
}

/** Raster tiles on canvases: the page's content security policy does not allow `blob:` images. */
function rasterLayer({ GridLayer }: LeafletParts, archive: PMTiles, imageType: string): typeof Leaflet.GridLayer {
  return class RasterLayer extends GridLayer {
    protected override createTile({ z, x, y }: Coords, done: DoneCallback): HTMLElement {
      const tile = document.createElement('canvas');
      const side = this.getTileSize().x * Math.ceil(devicePixelRatio);
      tile.width = side;
      tile.height = side;
      archive
        .getZxy(z, x, y)
        .then(async (found) => {
          if (!found) return;
          const image = await createImageBitmap(new Blob([found.data], { type: imageType }));
          tile.getContext('2d')?.drawImage(image, 0, 0, side, side);
          image.close();
        })
        .then(
          () => done(undefined, tile),
          (error: Error) => done(error, tile),
        );
      return tile;
    }
  };
}
