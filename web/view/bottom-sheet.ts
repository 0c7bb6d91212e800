/** How far the list covers the map on a narrow screen. */
export const STOPS = ['peek', 'half', 'full'] as const;
export type Stop = (typeof STOPS)[number];

/** A finger that moved less than this, in pixels, pressed and did not drag. */
const PRESS_PIXELS = 6;
/** A flick faster than this, pixels a millisecond, goes to the next stop. */
const FLICK = 0.5;

/**
 * The list as a sheet over the map, with three stops: it can be dragged by its grip and by itself, and stepped by press and
 * keys. On a wide or very low screen it is a pane of its own and none of this does anything.
 */
export type BottomSheet = {
  stop(): Stop;
  go(stop: Stop): void;
};

/** @param onChange told the stop, and how many pixels of the map are covered at its lower edge */
export function createBottomSheet(
  { pane, grip, room }: { pane: HTMLElement; grip: HTMLElement; room: HTMLElement },
  onChange: (stop: Stop, covered: number) => void,
): BottomSheet {
  const wide = window.matchMedia(
    '(width >= 900px), (width >= 600px) and (orientation: landscape), (width < 600px) and (height <= 520px)',
  );
  let now: Stop = 'half';

  const heightOf = (stop: Stop) => {
    const all = room.clientHeight;
    const peek = Math.min(all * 0.35, 148);
    return Math.round(stop === 'peek' ? peek : stop === 'half' ? Math.max(peek, all * 0.54) : all - 12);
  };
  function go(stop: Stop): void {
    now = stop;
    pane.dataset.stop = stop;
    if (wide.matches) {
      pane.style.removeProperty('--sheet');
      room.style.removeProperty('--covered');
      return void onChange(stop, 0);
    }
    pane.style.setProperty('--sheet', `${heightOf(stop)}px`);
    const covered = stop === 'full' ? heightOf('half') : heightOf(stop);
    room.style.setProperty('--covered', `${covered}px`);
    onChange(stop, covered);
  }
  /** The stop nearest to a height; a flick goes one further in its direction. */
  function settle(height: number, speed: number): void {
    const [first = 'half'] = [...STOPS].sort((a, b) => Math.abs(heightOf(a) - height) - Math.abs(heightOf(b) - height));
    const at = STOPS.indexOf(first);
    const onward = Math.abs(speed) < FLICK || first !== now ? at : at + Math.sign(speed);
    go(STOPS[Math.max(0, Math.min(STOPS.length - 1, onward))] ?? 'half');
  }

  let drag: { y: number; height: number; last: number; time: number; speed: number; moved: boolean } | null = null;
  const begin = (y: number) => {
    drag = { y, height: pane.offsetHeight, last: y, time: performance.now(), speed: 0, moved: false };
  };
  function follow(y: number): void {
    if (!drag) return;
    if (!drag.moved && Math.abs(y - drag.y) < PRESS_PIXELS) return;
    const time = performance.now();
    drag.speed = (drag.last - y) / Math.max(1, time - drag.time);
    [drag.moved, drag.last, drag.time] = [true, y, time];
    pane.classList.add('is-dragged');
    const height = Math.max(heightOf('peek'), Math.min(heightOf('full'), drag.height + drag.y - y));
    pane.style.setProperty('--sheet', `${height}px`);
  }
  function end(): boolean {
    const done = drag;
    drag = null;
    pane.classList.remove('is-dragged');
    if (done?.moved) settle(pane.offsetHeight, done.speed);
    return done?.moved ?? false;
  }

  let dragged = false;
  grip.addEventListener('pointerdown', (event) => {
    if (wide.matches || event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    begin(event.clientY);
  });
  grip.addEventListener('pointermove', (event) => follow(event.clientY));
  for (const name of ['pointerup', 'pointercancel'] as const)
    grip.addEventListener(name, () => {
      dragged = end();
    });
  grip.addEventListener('click', () => {
    if (!dragged) go(now === 'peek' ? 'half' : now === 'half' ? 'full' : 'peek');
    dragged = false;
  });
  grip.addEventListener('keydown', (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1, Home: -2, End: 2 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(STOPS[Math.max(0, Math.min(2, STOPS.indexOf(now) + by))] ?? 'half');
  });

  // The list itself moves the sheet until it is full, and again when it is pulled down from its top.
  let touch: number | null = null;
  pane.addEventListener(
    'touchstart',
    (event) => {
      const on = event.target instanceof Element ? event.target : null;
      touch = wide.matches || on?.closest('input[type="range"], .grip') ? null : (event.touches[0]?.clientY ?? null);
    },
    { passive: true },
  );
  pane.addEventListener(
    'touchmove',
    (event) => {
      const y = event.touches[0]?.clientY;
      if (touch === null || y === undefined || event.touches.length > 1) return;
      if (!drag) {
        const down = y > touch;
        if (Math.abs(y - touch) < PRESS_PIXELS) return;
        if (now === 'full' && (!down || pane.scrollTop > 0)) {
          touch = null;
          return;
        }
        if (now !== 'full' && down && pane.scrollTop > 0) {
          touch = null;
          return;
        }
        begin(touch);
      }
      event.preventDefault();
      follow(y);
    },
    { passive: false },
  );
  for (const name of ['touchend', 'touchcancel'] as const)
    pane.addEventListener(name, () => {
      if (touch !== null && drag) end();
      touch = null;
    });

  // Whatever gets the focus must be seen: a folded list unfolds for the keyboard.
  pane.addEventListener('focusin', (event) => {
    const byKey = event.target instanceof Element && event.target.matches(':focus-visible');
    if (!wide.matches && now === 'peek' && byKey && event.target !== grip) go('half');
  });
  new ResizeObserver(() => go(now)).observe(room);
  wide.addEventListener('change', () => go(now));
  return { stop: () => now, go };
}
