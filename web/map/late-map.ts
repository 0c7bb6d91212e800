import { afterPaint } from '../device/after-paint.ts';
import type { CityMap } from './map.ts';

/** The map is loaded after this long even if there is nothing to show yet, milliseconds. */
const LOAD_AFTER_MS = 1_000;

type Call = (map: CityMap) => void;

/**
 * A map that comes after the list: its code is loaded once the first results have been painted, and what changes many markers waits for
 * the next paint each time. All calls reach the map in their order.
 * @param onFailure told that the code could not be loaded; the page then has no map
 */
export function createLateMap(load: () => Promise<CityMap>, onFailure: () => void): CityMap {
  let map: CityMap | null = null;
  let state: 'waiting' | 'loading' | 'failed' = 'waiting';
  let waiting: Call[] = [];
  let isScheduled = false;

  function startLoading(): void {
    if (state !== 'waiting') return;
    state = 'loading';
    load().then(
      (loaded) => {
        map = loaded;
        makeCalls();
      },
      () => {
        state = 'failed';
        waiting = [];
        onFailure();
      },
    );
  }
  setTimeout(startLoading, LOAD_AFTER_MS);

  function keep(call: Call): void {
    if (state !== 'failed') waiting.push(call);
  }
  function makeCalls(): void {
    isScheduled = false;
    if (!map) {
      startLoading();
      return;
    }
    const calls = waiting;
    waiting = [];
    for (const call of calls) call(map);
  }
  function afterNextPaint(call: Call): void {
    keep(call);
    if (!isScheduled) afterPaint(makeCalls);
    isScheduled = true;
  }
  function inOrder(call: Call): void {
    if (map && waiting.length === 0) call(map);
    else keep(call);
  }
  /** With those that wait: the focus must not be lost for a frame, and printing waits for none. */
  function atOnce(call: Call): void {
    keep(call);
    if (map) makeCalls();
  }

  return {
    showMarkers: (data) => afterNextPaint((to) => to.showMarkers(data)),
    fitResults: () => afterNextPaint((to) => to.fitResults()),
    fitCity: () => afterNextPaint((to) => to.fitCity()),
    select: (branch) => afterNextPaint((to) => to.select(branch)),
    drawCity: (meta) => inOrder((to) => to.drawCity(meta)),
    setView: (view) => inOrder((to) => to.setView(view)),
    releaseView: () => inOrder((to) => to.releaseView()),
    highlight: (ids, primary) => inOrder((to) => to.highlight(ids, primary)),
    setOrigin: (origin) => inOrder((to) => to.setOrigin(origin)),
    setCoveredPixels: (pixels, refit) => inOrder((to) => to.setCoveredPixels(pixels, refit)),
    focusMarker: (id) => atOnce((to) => to.focusMarker(id)),
    setPrinting: (printing) => atOnce((to) => to.setPrinting(printing)),
    // Only the map's own button asks for it.
    holdVisibleBox: () => map?.holdVisibleBox() ?? '',
  };
}
