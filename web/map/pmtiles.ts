import type { Layer, Map as LeafletMap } from 'leaflet';

/**
 * A PMTiles archive over the outline. What reads and draws one is a file of its own, which only a page with an archive downloads. Where the
 * archive cannot be had, the outline stays; it is tried again when the device comes back online.
 * @param onChange told whether the archive is on the map
 * @returns takes it away for good
 */
export function addArchive(map: LeafletMap, url: string, onChange: (shown: boolean) => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let layer: Layer | null = null;
  /** Counts the times it was shown anew: what comes too late is not shown. */
  let turn = 0;
  async function show(): Promise<void> {
    turn += 1;
    const mine = turn;
    try {
      const { openArchive } = await import('./pmtiles-layer.ts');
      const opened = await openArchive(map, url, { dark: dark.matches, language: document.documentElement.lang });
      if (mine !== turn) return;
      layer?.remove();
      layer = opened.addTo(map);
      onChange(true);
    } catch {
      if (mine === turn && !layer) onChange(false);
    }
  }
  const again = () => {
    if (!layer) void show();
  };
  const repaint = () => void show();
  window.addEventListener('online', again);
  dark.addEventListener('change', repaint);
  void show();
  return () => {
    turn += 1;
    window.removeEventListener('online', again);
    dark.removeEventListener('change', repaint);
    layer?.remove();
    onChange(false);
  };
}
