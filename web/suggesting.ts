import type { LatLon } from '../functions/model/geo.ts';
import type { Api } from './api.ts';
import { cornerOf, meetingPoint } from './corner.ts';
import type { SuggestionRow } from './wire.ts';

/** Typing rests for so long before suggestions are asked for. */
const DEBOUNCE_MS = 120;

/** Something that the typed text may become. */
export type Suggested =
  | (Pick<SuggestionRow, 'type' | 'text'> & Partial<SuggestionRow>)
  | { readonly type: 'corner'; readonly streets: readonly [string, string]; readonly at: LatLon };

export type Suggesting = {
  readonly rows: readonly Suggested[];
  /** The row that the keyboard is on; -1: none, the typed text stands. */
  readonly active: number;
};

export const NO_SUGGESTIONS: Suggesting = { rows: [], active: -1 };

/** Suggests while somebody types: one text at a time, and what comes too late is dropped. */
export type Suggester = {
  typed(text: string): void;
  /** The keyboard goes up or down; round and round, with the typed text as one of the stops. */
  move(by: 1 | -1): void;
  close(): void;
};

/** @param onChange told what is suggested now */
export function createSuggester(
  api: Pick<Api, 'suggest' | 'places'>,
  onChange: (suggesting: Suggesting) => void,
): Suggester {
  let now = NO_SUGGESTIONS;
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(next: Suggesting): void {
    now = next;
    onChange(next);
  }
  async function ask(text: string): Promise<void> {
    const mine = new AbortController();
    asking = mine;
    const { signal } = mine;
    // Suggestions are a help: without them, the search itself says what is wrong.
    const [known, corner] = await Promise.all([
      api.suggest(text, signal).catch(() => []),
      findCorner(text, signal).catch(() => null),
    ]);
    if (asking === mine) turn({ rows: [...(corner ? [corner] : []), ...known], active: -1 });
  }
  async function findCorner(text: string, signal: AbortSignal): Promise<Suggested | null> {
    const streets = cornerOf(text);
    if (!streets) return null;
    const places = await Promise.all(streets.map((street) => api.places(street, signal)));
    const at = meetingPoint(places.flat(), streets);
    return at && { type: 'corner', streets, at };
  }
  function stop(): void {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  }

  return {
    typed(text) {
      stop();
      const trimmed = text.trim();
      if (trimmed === '') turn(NO_SUGGESTIONS);
      else timer = setTimeout(() => void ask(trimmed), DEBOUNCE_MS);
    },
    move(by) {
      const stops = now.rows.length + 1;
      if (stops > 1) turn({ ...now, active: ((now.active + 1 + by + stops) % stops) - 1 });
    },
    close() {
      stop();
      if (now.rows.length > 0) turn(NO_SUGGESTIONS);
    },
  };
}
