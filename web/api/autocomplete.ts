import type { LatLon } from '../../functions/model/geo.ts';
import type { ApiClient } from './client.ts';
import { meetingPoint, parseIntersection } from './street-intersection.ts';
import type { SuggestionRow } from './types.ts';

/** Suggestions are requested once typing has paused for this long. */
const DEBOUNCE_MS = 120;

/** A suggestion of the API, or the intersection that the text names. */
export type AutocompleteRow =
  | (Pick<SuggestionRow, 'type' | 'text'> & Partial<SuggestionRow>)
  | { readonly type: 'intersection'; readonly streets: readonly [string, string]; readonly at: LatLon };

export type AutocompleteState = {
  readonly rows: readonly AutocompleteRow[];
  /** Index of the row that the keyboard has selected; -1: none, Enter searches for the typed text. */
  readonly active: number;
};

export const NO_SUGGESTIONS: AutocompleteState = { rows: [], active: -1 };

/** Suggests while the user types, for one text at a time: a new text aborts the requests of the previous one. */
export type Autocomplete = {
  update(text: string): void;
  /** Moves the selection down or up, cyclically; "no row" is one of the positions. */
  moveActive(by: 1 | -1): void;
  close(): void;
};

/** @param onChange receives every new state */
export function createAutocomplete(
  api: Pick<ApiClient, 'suggest' | 'addresses'>,
  onChange: (state: AutocompleteState) => void,
): Autocomplete {
  let state = NO_SUGGESTIONS;
  let current: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function setState(next: AutocompleteState): void {
    state = next;
    onChange(next);
  }
  async function request(text: string): Promise<void> {
    const abortController = new AbortController();
    current = abortController;
    const { signal } = abortController;
    // Failures are ignored: the search itself reports what is wrong.
    const [suggestions, intersection] = await Promise.all([
      api.suggest(text, signal).catch(() => []),
      findIntersection(text, signal).catch(() => null),
    ]);
    if (current !== abortController) return;
    setState({ rows: intersection ? [intersection, ...suggestions] : suggestions, active: -1 });
  }
  async function findIntersection(text: string, signal: AbortSignal): Promise<AutocompleteRow | null> {
    const streets = parseIntersection(text);
    if (!streets) return null;
    const addresses = await Promise.all(streets.map((street) => api.addresses(street, signal)));
    const at = meetingPoint(addresses.flat(), streets);
    return at && { type: 'intersection', streets, at };
  }
  function stop(): void {
    clearTimeout(timer);
    current?.abort();
    current = null;
  }

  return {
    update(text) {
      stop();
      const trimmed = text.trim();
      if (trimmed === '') setState(NO_SUGGESTIONS);
      else timer = setTimeout(() => void request(trimmed), DEBOUNCE_MS);
    },
    moveActive(by) {
      const positions = state.rows.length + 1;
      if (positions > 1) setState({ ...state, active: ((state.active + 1 + by + positions) % positions) - 1 });
    },
    close() {
      stop();
      if (state.rows.length > 0) setState(NO_SUGGESTIONS);
    },
  };
}
