/** The sheet's heights, lowest first. */
export const STOPS = ['peek', 'half', 'full'] as const;
export type Stop = (typeof STOPS)[number];

/** A pointer that moved less than this, in pixels, pressed and did not drag. */
const PRESS_PIXELS = 6;
/** A flick faster than this, in pixels per millisecond, goes on to the next stop. */
const FLICK_SPEED = 0.5;
/** Screens where the list is next to the map, or below it on a page that scrolls; as in bottom-sheet.css. */
const NO_SHEET =
  '(width >= 900px), (width >= 600px) and (orientation: landscape), (width < 600px) and (height <= 520px)';

/** Grip, summary, a line of notices, a heading, a row and half of the next, at the browser's usual text size. */
const RESULT_AND_A_HALF_PIXELS = 24 + 28 + 32 + 24 + 1.5 * 148 + 8;
/** What the middle stop leaves of the map at least. */
const MAP_PIXELS = 140;

/**
 * The list or the detail as a sheet over the map, with three stops: the user drags its grip or its content, or presses the grip or a
 * key. On a wide or very low screen they are not sheets, and all of this has no effect.
 */
export type BottomSheet = {
  stop(): Stop;
  go(stop: Stop): void;
};

/**
 * @param peekPixels height of the lowest stop; 0 for a sheet that is closed there
 * @param onChange told the stop, and the pixels at the map's lower edge that are covered
 */
export function createBottomSheet(
  { pane, grip, layout }: { pane: HTMLElement; grip: HTMLElement; layout: HTMLElement },
  { peekPixels, onChange }: { peekPixels: number; onChange: (stop: Stop, covered: number) => void },
): BottomSheet {
  const noSheet = window.matchMedia(NO_SHEET);
  let current: Stop = peekPixels === 0 ? 'peek' : 'half';

  const heightOf = (stop: Stop) => {
    const all = layout.clientHeight;
    const peek = Math.min(all * 0.35, peekPixels);
    const textScale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const half = Math.max(all * 0.54, Math.min(all - MAP_PIXELS, RESULT_AND_A_HALF_PIXELS * textScale));
    return Math.round(stop === 'peek' ? peek : stop === 'half' ? half : all - 12);
  };
  function go(stop: Stop): void {
    current = stop;
    pane.dataset.stop = stop;
    if (noSheet.matches) {
      pane.style.removeProperty('--sheet');
      return void onChange(stop, 0);
    }
    pane.style.setProperty('--sheet', `${heightOf(stop)}px`);
    onChange(stop, stop === 'full' ? heightOf('half') : heightOf(stop));
  }
  /** Goes to the stop nearest to a height; after a flick, to the next stop in its direction. */
  function settle(height: number, speed: number): void {
    const [nearest = 'half'] = [...STOPS].sort(
      (a, b) => Math.abs(heightOf(a) - height) - Math.abs(heightOf(b) - height),
    );
    const steps = Math.abs(speed) < FLICK_SPEED || nearest !== current ? 0 : Math.sign(speed);
    go(stopFrom(nearest, steps));
  }

  const drag = createDrag(pane, {
    clamp: (height) => Math.max(heightOf('peek'), Math.min(heightOf('full'), height)),
    onEnd: settle,
  });

  let wasDragged = false;
  grip.addEventListener('pointerdown', (event) => {
    if (noSheet.matches || event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    drag.start(event.clientY);
  });
  grip.addEventListener('pointermove', (event) => drag.move(event.clientY));
  for (const name of ['pointerup', 'pointercancel'] as const)
    grip.addEventListener(name, () => {
      wasDragged = drag.end();
    });
  grip.addEventListener('click', () => {
    if (!wasDragged) go(current === 'peek' ? 'half' : current === 'half' ? 'full' : 'peek');
    wasDragged = false;
  });
  grip.addEventListener('keydown', (event) => {
    const steps = { ArrowUp: 1, ArrowDown: -1, Home: -2, End: 2 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    go(stopFrom(current, steps));
  });

  // The list drags the sheet until the sheet is full, and again when it is pulled down from its top.
  let touchStart: Touch | null = null;
  pane.addEventListener(
    'touchstart',
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const isOther = noSheet.matches || target?.closest('input[type="range"], .grip');
      touchStart = isOther ? null : (event.touches[0] ?? null);
    },
    { passive: true },
  );
  pane.addEventListener(
    'touchmove',
    (event) => {
      const [touch] = event.touches;
      if (!touchStart || !touch || event.touches.length > 1) return;
      if (!drag.isActive()) {
        const [right, down] = [touch.clientX - touchStart.clientX, touch.clientY - touchStart.clientY];
        if (Math.max(Math.abs(right), Math.abs(down)) < PRESS_PIXELS) return;
        // Sideways, a row of chips may scroll.
        const scrolls = Math.abs(right) > Math.abs(down) || (down > 0 ? pane.scrollTop > 0 : current === 'full');
        if (scrolls) {
          touchStart = null;
          return;
        }
        drag.start(touchStart.clientY);
      }
      event.preventDefault();
      drag.move(touch.clientY);
    },
    { passive: false },
  );
  for (const name of ['touchend', 'touchcancel'] as const)
    pane.addEventListener(name, () => {
      if (touchStart !== null && drag.isActive()) drag.end();
      touchStart = null;
    });

  // A focused element must be visible, so keyboard focus opens the sheet.
  pane.addEventListener('focusin', (event) => {
    const byKey = event.target instanceof Element && event.target.matches(':focus-visible');
    if (!noSheet.matches && peekPixels > 0 && current === 'peek' && byKey && event.target !== grip) go('half');
  });
  new ResizeObserver(() => go(current)).observe(layout);
  noSheet.addEventListener('change', () => go(current));
  return { stop: () => current, go };
}

/** The stop this many steps higher, or lower if negative. */
function stopFrom(stop: Stop, steps: number): Stop {
  return STOPS[Math.max(0, Math.min(STOPS.length - 1, STOPS.indexOf(stop) + steps))] ?? 'half';
}

/**
 * Changes the pane's height while a pointer drags it.
 * @param clamp keeps a height, in pixels, within the sheet's limits
 * @param onEnd told the last height and the upward speed in pixels per millisecond, unless the pointer only pressed
 */
function createDrag(
  pane: HTMLElement,
  { clamp, onEnd }: { clamp: (height: number) => number; onEnd: (height: number, speed: number) => void },
) {
  let drag: { y: number; height: number; lastY: number; time: number; speed: number; moved: boolean } | null = null;
  return {
    isActive: () => drag !== null,
    start(y: number): void {
      drag = { y, height: pane.offsetHeight, lastY: y, time: performance.now(), speed: 0, moved: false };
    },
    move(y: number): void {
      if (!drag) return;
      if (!drag.moved && Math.abs(y - drag.y) < PRESS_PIXELS) return;
      const time = performance.now();
      drag.speed = (drag.lastY - y) / Math.max(1, time - drag.time);
      [drag.moved, drag.lastY, drag.time] = [true, y, time];
      pane.classList.add('is-dragged');
      pane.style.setProperty('--sheet', `${clamp(drag.height + drag.y - y)}px`);
    },
    /** @returns whether the pane was dragged, and not only pressed */
    end(): boolean {
      const ended = drag;
      drag = null;
      pane.classList.remove('is-dragged');
      if (ended?.moved) onEnd(pane.offsetHeight, ended.speed);
      return ended?.moved ?? false;
    },
  };
}
