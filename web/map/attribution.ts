import { Control } from 'leaflet';
import type { MetaAnswer } from '../api/types.ts';
import type { Translations } from '../i18n/translations.ts';
import { webLink } from '../view/links.ts';
import type { TileSource } from './base-layer.ts';

/** The map's corner that names who gave tiles and data. Leaflet's own control reads texts as HTML; this one does not. */
export class AttributionControl extends Control {
  readonly #text: Translations;
  readonly #box = document.createElement('p');
  #tiles: TileSource | null = null;
  #data: MetaAnswer['attribution'] | null = null;

  constructor(text: Translations) {
    super({ position: 'bottomleft' });
    this.#text = text;
    this.#box.className = 'credit';
  }

  override onAdd(): HTMLElement {
    return this.#box;
  }

  /** The tile layer that is shown, or `null` when the outline stands alone. */
  tiles(tiles: TileSource | null): void {
    this.#tiles = tiles;
    this.#draw();
  }

  /** Who gave the data; `null` when nobody did, because it is invented. */
  data(attribution: MetaAnswer['attribution'] | null): void {
    this.#data = attribution;
    this.#draw();
  }

  #draw(): void {
    const parts: (Node | string)[] = [
      this.#tiles ? link(this.#tiles.attribution, this.#tiles.attributionUrl) : this.#text.outlineOnly,
    ];
    if (this.#data) {
      const data = document.createElement('span');
      data.className = 'credit-data';
      data.append(' · ', link(this.#data.text, this.#data.url));
      parts.push(data);
    }
    this.#box.replaceChildren(...parts);
  }
}

export function createAttribution(text: Translations): AttributionControl {
  return new AttributionControl(text);
}

function link(words: string, url: string): Node | string {
  const href = webLink(url);
  if (!href) return words;
  const anchor = document.createElement('a');
  anchor.textContent = words;
  anchor.href = href;
  anchor.rel = 'noopener';
  return anchor;
}
