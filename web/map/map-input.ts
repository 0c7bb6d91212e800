import type { Map as LeafletMap } from 'leaflet';

/** Reports that the user starts to move the map: by dragging, wheel, double click, pinch, key or zoom button. */
export function listenForGestures(map: LeafletMap, container: HTMLElement, onGesture: () => void): void {
  map.on('dragstart', onGesture);
  for (const name of ['wheel', 'dblclick'] as const) container.addEventListener(name, onGesture, { passive: true });
  container.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length > 1) onGesture();
    },
    { passive: true },
  );
  // Captured, to run before Leaflet's own listeners, which move the map at once.
  container.addEventListener(
    'keydown',
    (event) => {
      const moves = event.key.startsWith('Arrow') || ['+', '-', '='].includes(event.key);
      if (event.target === container && moves) onGesture();
    },
    { capture: true },
  );
  container.querySelector('.leaflet-control-zoom')?.addEventListener('click', onGesture, { capture: true });
}

/** Reports hover, focus and keys on the markers; Leaflet itself reports their clicks. */
export function listenToMarkers(
  container: HTMLElement,
  {
    onHover,
    onSelect,
    onClusterSelect,
  }: {
    /** The id of a branch, or of a cluster's first; `null` when the pointer or the focus leaves it. */
    onHover: (id: string | null) => void;
    onSelect: (id: string) => void;
    onClusterSelect: (id: string) => void;
  },
): void {
  for (const name of ['mouseover', 'focusin'] as const)
    container.addEventListener(name, (event) => {
      const id = markerIdAt(event.target);
      if (id) onHover(id);
    });
  for (const name of ['mouseout', 'focusout'] as const)
    container.addEventListener(name, (event) => {
      if (markerIdAt(event.target)) onHover(null);
    });
  container.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      const target = event.target instanceof Element ? event.target : null;
      const branch = target?.getAttribute('data-spot');
      const cluster = target?.getAttribute('data-cluster');
      if (!branch && !cluster) return;
      event.preventDefault();
      if (branch) onSelect(branch);
      else if (cluster) onClusterSelect(cluster);
    }
  });
}

function markerIdAt(target: EventTarget | null): string | null {
  const marker = target instanceof Element ? target.closest('[data-spot], [data-cluster]') : null;
  return marker?.getAttribute('data-spot') ?? marker?.getAttribute('data-cluster') ?? null;
}
