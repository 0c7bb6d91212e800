import { DomUtil, GridLayer, type Layer, type Map as LeafletMap } from 'leaflet';

/**
 * Adds a PMTiles archive over the outline. The code that reads and draws archives is a chunk of its own, which only a page with
 * an archive downloads. If the archive cannot be loaded, the outline remains; it is tried again when the device comes back
 * online.
 * @param onChange told whether the archive is shown
 * @returns removes the layer for good
 */
export function addPmtilesLayer(map: LeafletMap, url: string, onChange: (shown: boolean) => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let layer: Layer | null = null;
  /** Counts the attempts, so that the result of an outdated one is dropped. */
  let lastAttempt = 0;
  async function show(): Promise<void> {
    lastAttempt += 1;
    const attempt = lastAttempt;
    try {
      const { createPmtilesLayer } = await import('./pmtiles-layer.ts');
      const created = await createPmtilesLayer(map, url, {
        style: { dark: dark.matches, language: document.documentElement.lang },
        parts: { GridLayer, DomUtil },
      });
      if (attempt !== lastAttempt) return;
      layer?.remove();
      layer = created.addTo(map);
      onChange(true);
    } catch {
      if (attempt === lastAttempt && !layer) onChange(false);
    }
  }
  const retry = () => {
    if (!layer) void show();
  };
  const redraw = () => void show();
  window.addEventListener('online', retry);
  dark.addEventListener('change', redraw);
  void show();
  return () => {
    lastAttempt += 1;
    window.removeEventListener('online', retry);
    dark.removeEventListener('change', redraw);
    layer?.remove();
    onChange(false);
  };
}
