import {
  type Coords,
  DomUtil,
  type DoneCallback,
  GridLayer,
  type GridLayerOptions,
  type Layer,
  type Map as LeafletMap,
} from 'leaflet';
import { PMTiles, TileType } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';

/** How a vector archive is drawn (pictures are what they are); `language`: BCP 47, of its labels. */
export type ArchiveLook = { readonly dark: boolean; readonly language: string };

const PICTURES: Readonly<Partial<Record<TileType, string>>> = {
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
};

/**
 * A layer over an archive: vector tiles in the schema of Protomaps' basemap, or pictures.
 * @throws Error when it cannot be had, is none, or holds another kind of tiles
 */
export async function openArchive(map: LeafletMap, url: string, { dark, language }: ArchiveLook): Promise<Layer> {
  const archive = new PMTiles(new URL(url, location.href).href);
  const { tileType, minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = await archive.getHeader();
  const grid = {
    bounds: [
      [minLat, minLon],
      [maxLat, maxLon],
    ] as [[number, number], [number, number]],
    noWrap: true,
    minZoom,
    maxZoom: map.getMaxZoom(),
  };
  const type = PICTURES[tileType];
  if (type) return new PictureLayer(archive, type, { ...grid, maxNativeZoom: maxZoom });
  if (tileType !== TileType.Mvt)
    throw new Error(`${url} holds tiles of type ${tileType}, neither vectors nor pictures`);
  // It was written for pages whose Leaflet is a global; these are the two of its parts that it takes from there.
  Object.assign(globalThis, { L: { GridLayer, DomUtil } });
  // Of its own, because the dark look of pictures is made by turning their colours round.
  if (!map.getPane('archive')) map.createPane('archive').classList.add('archive-pane');
  const flavor = dark ? 'dark' : 'light';
  // Above its deepest zoom an archive is drawn from its deepest tiles.
  const options = { ...grid, url: archive, flavor, lang: language, maxDataZoom: maxZoom, pane: 'archive' };
  return leafletLayer(options) as unknown as Layer;
}

/** Pictures on canvases: the page's policy lets no picture in by `blob:`. */
class PictureLayer extends GridLayer {
  readonly #archive: PMTiles;
  readonly #type: string;

  constructor(archive: PMTiles, type: string, options: GridLayerOptions) {
    super(options);
    this.#archive = archive;
    this.#type = type;
  }

  protected override createTile({ z, x, y }: Coords, done: DoneCallback): HTMLElement {
    const tile = document.createElement('canvas');
    const side = this.getTileSize().x * Math.ceil(devicePixelRatio);
    tile.width = side;
    tile.height = side;
    this.#archive
      .getZxy(z, x, y)
      .then(async (found) => {
        if (!found) return;
        const picture = await createImageBitmap(new Blob([found.data], { type: this.#type }));
        tile.getContext('2d')?.drawImage(picture, 0, 0, side, side);
        picture.close();
      })
      .then(
        () => done(undefined, tile),
        (error: Error) => done(error, tile),
      );
    return tile;
  }
}
