import { Control } from 'leaflet';
import type { MetaAnswer } from '../api/types.ts';
import type { Translations } from '../i18n/translations.ts';
import { webLink } from '../view/links.ts';
import type { TileSource } from './base-layer.ts';

/** Names the sources of tiles and data on the map. Leaflet's own control would render these texts as HTML. */
export class AttributionControl extends Control {
  readonly #t: Translations;
  readonly #element = document.createElement('p');
  #tiles: TileSource | null = null;
  #isHull = false;
  #data: MetaAnswer['attribution'] | null = null;

  constructor(t: Translations) {
    super({ position: 'bottomleft' });
    this.#t = t;
    this.#element.className = 'attribution';
  }

  override onAdd(): HTMLElement {
    return this.#element;
  }

  /** Whether the outline is only a ring around the places. Shown with the next of the other texts. */
  setHull(isHull: boolean): void {
    this.#isHull = isHull;
  }

  /** The base layer that is shown; `null` when the map is only the outline. */
  setTiles(tiles: TileSource | null): void {
    this.#tiles = tiles;
    this.#render();
  }

  /** The source of the vendor data; `null` for sample data. */
  setData(attribution: MetaAnswer['attribution'] | null): void {
    this.#data = attribution;
    this.#render();
  }

  #render(): void {
    const parts: (Node | string)[] = [
      this.#tiles
        ? link(this.#tiles.attribution, this.#tiles.attributionUrl)
        : this.#t[this.#isHull ? 'hullOnly' : 'outlineOnly'],
    ];
    if (this.#data) {
      const data = document.createElement('span');
      data.className = 'attribution-data';
      data.append(' · ', link(this.#data.text, this.#data.url));
      parts.push(data);
    }
    this.#element.replaceChildren(...parts);
  }
}

function link(text: string, url: string): Node | string {
  const href = webLink(url);
  if (!href) return text;
  const anchor = document.createElement('a');
  anchor.textContent = text;
  anchor.href = href;
  anchor.rel = 'noopener';
  return anchor;
}
