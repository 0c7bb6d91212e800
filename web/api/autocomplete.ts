import type { LatLon } from '../../functions/model/geo.ts';
import type { ApiClient } from './client.ts';
import { meetingPoint, parseIntersection } from './intersection.ts';
import type { SuggestionRow } from './types.ts';

/** Typing rests for so long before suggestions are asked for. */
const DEBOUNCE_MS = 120;

/** Something that the typed text may become. */
export type AutocompleteRow =
  | (Pick<SuggestionRow, 'type' | 'text'> & Partial<SuggestionRow>)
  | { readonly type: 'corner'; readonly streets: readonly [string, string]; readonly at: LatLon };

export type AutocompleteState = {
  readonly rows: readonly AutocompleteRow[];
  /** The row that the keyboard is on; -1: none, the typed text stands. */
  readonly active: number;
};

export const NO_SUGGESTIONS: AutocompleteState = { rows: [], active: -1 };

/** Suggests while somebody types: one text at a time, and what comes too late is dropped. */
export type Autocomplete = {
  typed(text: string): void;
  /** The keyboard goes up or down; round and round, with the typed text as one of the stops. */
  move(by: 1 | -1): void;
  close(): void;
};

/** @param onChange told what is suggested now */
export function createAutocomplete(
  api: Pick<ApiClient, 'suggest' | 'places'>,
  onChange: (suggesting: AutocompleteState) => void,
): Autocomplete {
  let now = NO_SUGGESTIONS;
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(next: AutocompleteState): void {
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
  async function findCorner(text: string, signal: AbortSignal): Promise<AutocompleteRow | null> {
    const streets = parseIntersection(text);
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
