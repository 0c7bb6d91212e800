import type { Api } from './api.ts';
import { createFinder, type Finding, NOTHING_ASKED } from './finder.ts';
import type { Language } from './language.ts';
import { locate } from './locate.ts';
import { type Narrowed, type Narrowing, narrow, opensNext, partOf, readNarrowing } from './narrow.ts';
import type { Actions, Screen, Session, Shown, Why } from './screen.ts';
import { shareLink } from './share.ts';
import {
  isIdle,
  type Look,
  NARROWING,
  NO_VIEW,
  readView,
  sameSearch,
  searchQuery,
  type View,
  viewQuery,
  wholeSearch,
} from './state.ts';
import { nearMe, toggled, withBox, withLook, withOrigin, withPlace, withText, withWhen } from './steps.ts';
import { createSuggester, NO_SUGGESTIONS } from './suggesting.ts';
import type { Text } from './text.ts';
import { createTrail } from './trail.ts';
import type { MetaAnswer, SearchAnswer, SearchParams, Truck, TruckBranch } from './wire.ts';

// Over 250 lines because it is the one place where what a person does meets what the page knows.

/** Rows that are drawn at once; a list of hundreds is drawn as it is asked for. */
export const ROWS = 50;
/** How often "now" is looked at again. */
const TICK_MS = 20_000;
/** Alternatives named when nothing is open then. */
const ALTERNATIVES = 5;

/** Where a session's changes go. */
export type Stage = {
  /** The screen changed. */
  readonly paint: () => void;
  /** Something else is to be shown on the map; `fresh`: it is another answer, not the same one narrowed. */
  readonly show: (shown: Shown | null, fresh: boolean) => void;
  readonly cityKnown: (meta: MetaAnswer) => void;
  readonly open: (found: { truck: Truck; branch: TruckBranch }, from: 'list' | 'map' | 'link') => void;
  readonly close: () => void;
  readonly dismiss: () => void;
  /** The map may choose what it shows again. */
  readonly letGo: () => void;
  /** A link or the history says where the map looks. */
  readonly lookAt: (look: Look) => void;
  /** The part of the map that is seen, `west,south,east,north`; the map stays there. */
  readonly seenBox: () => string;
};

export type OpenSession = Session & {
  start(): void;
  /** The popup was closed by the person. */
  closed(): void;
  /** The map was moved: by a person to a look of their own, or (`null`) by the page. */
  moved(look: Look | null, areaOffered: boolean): void;
  /** Draws rows until that vendor's is there. */
  reveal(vendor: string): void;
};

export function createSession({
  api,
  text,
  language,
  touch,
  stage,
}: {
  api: Api;
  text: Text;
  language: Language;
  touch: boolean;
  stage: Stage;
}): OpenSession {
  const trail = createTrail((view) => turnTo(view));
  const finder = createFinder(api, found);
  const suggester = createSuggester(api, (suggesting) => set({ suggesting }));
  let screen: Screen = {
    view: NO_VIEW,
    typed: '',
    finding: NOTHING_ASKED,
    narrowing: null,
    narrowed: null,
    alternatives: [],
    partial: false,
    rows: ROWS,
    suggesting: NO_SUGGESTIONS,
    meta: null,
    metaFailed: false,
    newer: false,
    locating: false,
    refusal: null,
    origin: null,
    unfolded: new Set(),
    whys: new Map(),
    areaOffered: false,
    searchesMoves: false,
    shared: null,
  };
  /** The search whose answer is known to be only a first part. */
  let partialSearch: string | null = null;

  function set(change: Partial<Screen>): void {
    screen = { ...screen, ...change };
    stage.paint();
  }

  /** What to ask the API for a view. */
  function paramsOf(view: View): SearchParams {
    const whole = wholeSearch(view);
    const narrows = NARROWING.some((name) => view.search[name]);
    if (!narrows || searchQuery(whole) !== partialSearch) return whole;
    return { ...view.search, facets: 'category,facility,area,open' };
  }

  /** Shows another view; `typing`: the next one may come at once. */
  function turnTo(view: View, typing = false): void {
    const { lat, lon } = view.search;
    const before = screen.view.search;
    const origin = before.lat === lat && before.lon === lon ? screen.origin : null;
    const params = isIdle(view) ? null : paramsOf(view);
    const { answer, asked } = screen.finding;
    const here = params !== null && answer !== null && searchQuery(params) === searchQuery(asked);
    const look = screen.view.look;
    screen = { ...screen, view, refusal: null, origin, rows: ROWS, whys: new Map(), shared: null };
    if (view.look && !sameLook(view.look, look)) stage.lookAt(view.look);
    else if (!view.look && look) stage.letGo();
    if (here) {
      finder.stay();
      narrowAgain(false);
      openPlace('link');
      return;
    }
    if (!typing || !params) {
      stage.paint();
      return void search();
    }
    // With an answer on the screen there is nothing else to draw before the next one.
    if (!answer) stage.paint();
    finder.soon(params);
  }

  function search(): void {
    if (!isIdle(screen.view)) return void finder.find(paramsOf(screen.view));
    finder.rest();
    stage.close();
    narrowAgain(true);
  }

  function found(finding: Finding): void {
    const before = screen.finding;
    const { answer, asked, busy } = finding;
    const partial = answer !== null && answer.page.cursor !== null;
    if (answer && partial && !busy && asked.facets === undefined) {
      partialSearch = searchQuery(asked);
      const params = paramsOf(screen.view);
      if (params.facets !== undefined) return void finder.find(params);
    }
    if (busy || answer === before.answer) {
      // The answer on the screen stays until the next one, so that there is nothing to draw.
      if (busy && !finding.slow && answer) screen = { ...screen, finding };
      else set({ finding });
      return;
    }
    screen = { ...screen, finding, partial: asked.facets !== undefined || partial };
    narrowAgain(true);
    openPlace('link');
    const version = answer?.meta.data_version;
    if (version && screen.meta && version !== screen.meta.meta.data_version) void learn(true);
  }

  /** Works out anew what is left of the answer: the view's filters or the time changed, or it is another answer. */
  function narrowAgain(fresh: boolean): void {
    const { answer } = screen.finding;
    if (!answer) {
      set({ narrowing: null, narrowed: null, alternatives: [] });
      return void stage.show(null, fresh);
    }
    const { search } = screen.view;
    const narrowing = readNarrowing(search, { zone: answer.meta.timezone, now: Date.now() });
    const narrowed = screen.partial ? partOf(answer, narrowing) : narrow(answer, narrowing);
    const alternatives = narrowed.hits === 0 ? alternativesTo(answer, narrowing) : [];
    set({ narrowing, narrowed, alternatives });
    const trucks = alternatives.length > 0 ? alternatives : narrowed.trucks;
    stage.show({ answer, trucks, narrowing }, fresh);
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
    turnTo(view);
  }

  /** One move follows another: they are one step of the history, and what is open stays open while it is seen. */
  function searchMoved(): void {
    const { place } = screen.view;
    const view = withPlace(withBox(screen.view, stage.seenBox()), place);
    trail.draft(view);
    turnTo(view, true);
  }

  function learnWhy(vendor: string, why: Why): void {
    set({ whys: new Map(screen.whys).set(vendor, why) });
  }

  const actions: Actions = {
    type(event) {
      const { value } = event.target as HTMLInputElement;
      screen = { ...screen, typed: value };
      suggester.typed(value);
      const view = withText(screen.view, value);
      if (sameSearch(view, screen.view)) return;
      trail.draft(view);
      turnTo(view, true);
    },
    key(event) {
      const { rows, active } = screen.suggesting;
      const row = rows[active];
      if (rows.length === 0 || event.isComposing) return;
      if (event.key === 'ArrowDown') suggester.move(1);
      else if (event.key === 'ArrowUp') suggester.move(-1);
      else if (event.key === 'Escape') suggester.close();
      else if (event.key === 'Enter' && row) actions.suggested(row);
      else return;
      event.preventDefault();
    },
    suggested(row) {
      suggester.close();
      const { view } = screen;
      if (row.type === 'corner') {
        const [a, b] = row.streets.map(text.properName);
        return void actions.measureFrom(row.at, { named: text.corner(a ?? '', b ?? ''), corner: true });
      }
      if (row.type === 'area') go(toggled(withText(view, ''), 'area', row.text));
      else go(withText(view, row.text));
    },
    closeSuggestions: () => suggester.close(),
    submit(event) {
      event.preventDefault();
      suggester.close();
      const typed = new FormData(event.target as HTMLFormElement).get('q');
      const view = withText(screen.view, String(typed ?? ''));
      trail.commit(view);
      if (!sameSearch(view, screen.view) || !screen.finding.answer || screen.finding.busy) turnTo(view);
      // On a phone the keyboard would cover the answer.
      if (touch) (document.activeElement as HTMLElement | null)?.blur();
    },
    async near() {
      if (screen.locating) return;
      set({ locating: true, refusal: null });
      const answer = await locate();
      set({ locating: false });
      if (typeof answer === 'string') return void set({ refusal: answer });
      stage.letGo();
      go(nearMe(screen.view, answer));
      set({ origin: 'me' });
    },
    measureFrom(origin, kind) {
      const named = typeof kind === 'object' && kind !== null;
      if (named) stage.letGo();
      // Words that named a place are not looked for in menus.
      const view = withOrigin(named && kind.corner ? withText(screen.view, '') : screen.view, origin);
      go(view);
      set({ origin: kind });
    },
    when(when, settled) {
      const view = withWhen(screen.view, when);
      if (settled) trail.commit(view);
      else trail.draft(view);
      turnTo(view, screen.partial);
    },
    searchHere: () => go(withBox(screen.view, stage.seenBox())),
    searchMoves(on) {
      set({ searchesMoves: on });
      if (on && screen.areaOffered) searchMoved();
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
    why(vendor) {
      actions.unfold(`why ${vendor}`);
      if (screen.whys.has(vendor)) return;
      learnWhy(vendor, 'waiting');
      const { view } = screen;
      api.explain({ ...wholeSearch(view), ...view.search }).then(
        (all) => learnWhy(vendor, { by: all.get(vendor) ?? null }),
        () => learnWhy(vendor, 'failed'),
      );
    },
    moreRows: () => set({ rows: screen.rows + ROWS }),
    pick(branch, from) {
      const view = withPlace(screen.view, branch);
      // Whoever picks a result has found what was typed.
      trail.commit(screen.view);
      trail.amend(view);
      set({ view });
      openPlace(from);
    },
    async share(view, title) {
      const link = new URL(viewQuery(view) || '/', location.origin).href;
      const outcome = await shareLink(link, title);
      if (outcome === 'copied') set({ shared: { words: text.copied, link: null } });
      if (outcome === 'failed') set({ shared: { words: text.copyFailed, link } });
      openPlace('link');
    },
    dismiss: () => stage.dismiss(),
  };

  return {
    text,
    language,
    touch,
    actions,
    get screen() {
      return screen;
    },
    start() {
      window.addEventListener('online', () => {
        if (screen.finding.failure?.kind === 'offline' || screen.finding.saved) actions.retry();
      });
      setInterval(() => {
        if (screen.narrowing && screen.view.search.open_at === undefined && !screen.partial) narrowAgain(false);
      }, TICK_MS);
      void learn(false);
      turnTo(trail.read());
    },
    closed() {
      const view = withPlace(screen.view, null);
      trail.amend(view);
      set({ view, shared: null });
    },
    moved(look, areaOffered) {
      if (areaOffered === screen.areaOffered && sameLook(look, screen.view.look)) return;
      const view = withLook(screen.view, look);
      trail.amend(view);
      set({ view, areaOffered });
      if (areaOffered && screen.searchesMoves) searchMoved();
    },
    reveal(vendor) {
      const at = screen.narrowed?.trucks.findIndex(({ id }) => id === vendor) ?? -1;
      if (at >= screen.rows) set({ rows: at + 1 });
    },
  };
}

/** What opens next where nothing is known to be open at the asked time. */
function alternativesTo(answer: SearchAnswer, narrowing: Narrowing): Truck[] {
  if (narrowing.forMinutes === null) return [];
  const anyTime: Narrowed = narrow(answer, { ...narrowing, forMinutes: null });
  return opensNext(anyTime.trucks, narrowing.minute).slice(0, ALTERNATIVES);
}

function sameLook(a: Look | null, b: Look | null): boolean {
  return a?.lat === b?.lat && a?.lon === b?.lon && a?.zoom === b?.zoom;
}

/** The branch of that id and its vendor. */
export function findBranch(answer: SearchAnswer | null, id: string): { truck: Truck; branch: TruckBranch } | null {
  for (const truck of answer?.trucks ?? []) {
    const branch = truck.branches.find((one) => one.id === id);
    if (branch) return { truck, branch };
  }
  return null;
}
