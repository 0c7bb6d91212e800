import { Control } from 'leaflet';
import { webLink } from './link.ts';
import type { Text } from './text.ts';
import type { TileSource } from './tiles.ts';
import type { MetaAnswer } from './wire.ts';

/** The map's corner that names who gave tiles and data. Leaflet's own control reads texts as HTML; this one does not. */
export class Credit extends Control {
  readonly #text: Text;
  readonly #box = document.createElement('p');
  #tiles: TileSource | null = null;
  #data: MetaAnswer['attribution'] | null = null;

  constructor(text: Text) {
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

export function credit(text: Text): Credit {
  return new Credit(text);
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
