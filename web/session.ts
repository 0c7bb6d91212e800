import type { Api } from './api.ts';
import { createFinder, type Finding, NOTHING_ASKED } from './finder.ts';
import { locate, type Refusal } from './locate.ts';
import { isIdle, readView, sameSearch, type View, viewQuery, withOrigin, withPlace, withText } from './state.ts';
import type { Text } from './text.ts';
import { createTrail } from './trail.ts';
import type { MetaAnswer, SearchAnswer, Truck, TruckBranch } from './wire.ts';

/** Typing rests for so long before it is searched. */
const DEBOUNCE_MS = 200;

/** Everything that the page shows. */
export type Screen = {
  readonly view: View;
  readonly finding: Finding;
  readonly meta: MetaAnswer | null;
  readonly metaFailed: boolean;
  /** The data was exchanged since the page was opened. */
  readonly newer: boolean;
  readonly locating: boolean;
  readonly refusal: Refusal | null;
  /** The view's origin is where the person is, not a point of a link. */
  readonly originIsMe: boolean;
  /** What the person unfolded: `items <vendor>` and `branches <vendor>`. */
  readonly unfolded: ReadonlySet<string>;
};

/** What the person can do. */
export type Actions = {
  readonly type: (event: Event) => void;
  readonly submit: (event: Event) => void;
  readonly near: () => void;
  readonly go: (view: View) => void;
  /** The address of a view, and a handler that goes there without loading the page. */
  readonly link: (view: View) => string;
  readonly follow: (event: MouseEvent) => void;
  readonly retry: () => void;
  readonly retryMeta: () => void;
  readonly unfold: (key: string) => void;
  readonly pick: (branch: string, from: 'list' | 'map') => void;
  readonly dismiss: () => void;
};

/** One open page: what it shows, the words it says it in, and what can be done. */
export type Session = {
  readonly text: Text;
  readonly screen: Screen;
  readonly actions: Actions;
  /** A finger is the main pointer. */
  readonly touch: boolean;
};

/** Where a session's changes go. */
export type Stage = {
  /** The screen changed. */
  readonly paint: () => void;
  /** Another answer came, or none is left. */
  readonly answered: (answer: SearchAnswer | null) => void;
  readonly cityKnown: (meta: MetaAnswer) => void;
  readonly open: (found: { truck: Truck; branch: TruckBranch }, from: 'list' | 'map' | 'link') => void;
  readonly close: () => void;
  readonly dismiss: () => void;
};

export type OpenSession = Session & {
  start(): void;
  /** The popup was closed by the person. */
  closed(): void;
};

export function createSession({
  api,
  text,
  touch,
  stage,
}: {
  api: Api;
  text: Text;
  touch: boolean;
  stage: Stage;
}): OpenSession {
  const trail = createTrail((view) => turnTo(view, 0));
  const finder = createFinder(api, found);
  let screen: Screen = {
    view: { search: {}, place: null },
    finding: NOTHING_ASKED,
    meta: null,
    metaFailed: false,
    newer: false,
    locating: false,
    refusal: null,
    originIsMe: false,
    unfolded: new Set(),
  };
  let debounce: ReturnType<typeof setTimeout> | undefined;

  function set(change: Partial<Screen>): void {
    screen = { ...screen, ...change };
    stage.paint();
  }

  /** Shows another view; `wait` is for typing. */
  function turnTo(view: View, wait: number): void {
    const before = screen.view;
    const again = sameSearch(before, view) && screen.finding.answer !== null;
    const { lat, lon } = view.search;
    const sameOrigin = before.search.lat === lat && before.search.lon === lon;
    set({ view, refusal: null, originIsMe: screen.originIsMe && sameOrigin });
    if (again && wait === 0 && !screen.finding.busy) {
      openPlace('link');
      return;
    }
    clearTimeout(debounce);
    if (wait > 0) debounce = setTimeout(search, wait);
    else search();
  }

  function search(): void {
    clearTimeout(debounce);
    if (isIdle(screen.view)) {
      finder.rest();
      stage.close();
      stage.answered(null);
    } else finder.find(screen.view.search);
  }

  function found(finding: Finding): void {
    const before = screen.finding;
    set({ finding });
    if (finding.busy || finding.answer === before.answer) return;
    stage.answered(finding.answer);
    openPlace('link');
    const version = finding.answer?.meta.data_version;
    if (version && screen.meta && version !== screen.meta.meta.data_version) void learn(true);
  }

  function openPlace(from: 'list' | 'map' | 'link'): void {
    const { place } = screen.view;
    const match = place === null ? null : findBranch(screen.finding.answer, place);
    if (match) stage.open(match, from);
    else stage.close();
  }

  async function learn(fresh: boolean): Promise<void> {
    try {
      const meta = await api.meta({ fresh });
      const newer = screen.meta !== null && screen.meta.meta.data_version !== meta.meta.data_version;
      set({ meta, metaFailed: false, newer: screen.newer || newer });
      stage.cityKnown(meta);
    } catch {
      if (!screen.meta) set({ metaFailed: true });
    }
  }

  function go(view: View): void {
    trail.commit(view);
    turnTo(view, 0);
  }

  const actions: Actions = {
    type(event) {
      const view = withText(screen.view, (event.target as HTMLInputElement).value);
      if (sameSearch(view, screen.view)) return;
      trail.draft(view);
      turnTo(view, DEBOUNCE_MS);
    },
    submit(event) {
      event.preventDefault();
      const typed = new FormData(event.target as HTMLFormElement).get('q');
      const view = withText(screen.view, String(typed ?? ''));
      trail.commit(view);
      if (!sameSearch(view, screen.view) || !screen.finding.answer || screen.finding.busy) turnTo(view, 0);
      // On a phone the keyboard would cover the answer.
      if (touch) (document.activeElement as HTMLElement | null)?.blur();
    },
    async near() {
      if (screen.locating) return;
      set({ locating: true, refusal: null });
      const answer = await locate();
      set({ locating: false });
      if (typeof answer === 'string') return set({ refusal: answer });
      const view = withOrigin(screen.view, answer);
      go(view);
      set({ originIsMe: true });
    },
    go,
    link: (view) => `/${viewQuery(view)}`,
    follow(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      go(readView((event.currentTarget as HTMLAnchorElement).search));
    },
    retry() {
      search();
      if (!screen.meta) void learn(false);
    },
    retryMeta: () => void learn(true),
    unfold(key) {
      const unfolded = new Set(screen.unfolded);
      if (!unfolded.delete(key)) unfolded.add(key);
      set({ unfolded });
    },
    pick(branch, from) {
      const view = withPlace(screen.view, branch);
      // Whoever picks a result has found what was typed.
      trail.commit(screen.view);
      trail.amend(view);
      set({ view });
      openPlace(from);
    },
    dismiss: () => stage.dismiss(),
  };

  return {
    text,
    touch,
    actions,
    get screen() {
      return screen;
    },
    start() {
      window.addEventListener('online', () => {
        if (screen.finding.failure?.kind === 'offline') actions.retry();
      });
      void learn(false);
      turnTo(trail.read(), 0);
    },
    closed() {
      const view = withPlace(screen.view, null);
      trail.amend(view);
      set({ view });
    },
  };
}

/** The branch of that id and its vendor. */
export function findBranch(answer: SearchAnswer | null, id: string): { truck: Truck; branch: TruckBranch } | null {
  for (const truck of answer?.trucks ?? []) {
    const branch = truck.branches.find((one) => one.id === id);
    if (branch) return { truck, branch };
  }
  return null;
}
