import type { ApiClient } from './client.ts';
import type { SuggestionRow } from './types.ts';
import type { KnownArea, PlacedText, SplitText } from './what-and-where.ts';

/** Suggestions are requested once typing has paused for this long. */
const DEBOUNCE_MS = 120;
/** Enter waits this long for the place that a text may name; then it searches for the text as it is. */
const PLACE_TIMEOUT_MS = 1500;

/** A suggestion of the API, the text split into what and where, or a recent search. */
export type AutocompleteRow =
  | (Pick<SuggestionRow, 'type' | 'text'> & Partial<SuggestionRow>)
  | { readonly type: 'place'; readonly search: PlacedText }
  | { readonly type: 'recent'; readonly search: PlacedText };

export type AutocompleteState = {
  readonly rows: readonly AutocompleteRow[];
  /** Index of the row that the keyboard has selected; -1: none, Enter searches for the typed text. */
  readonly active: number;
};

export const NO_SUGGESTIONS: AutocompleteState = { rows: [], active: -1 };

/** Suggests while the user types, for one text at a time: a new text aborts the requests of the previous one. */
export type Autocomplete = {
  /** Suggests for a text; for an empty one, recent searches. */
  update(text: string): void;
  /** Moves the selection down or up, cyclically; "no row" is one of the positions. */
  moveActive(by: 1 | -1): void;
  close(): void;
  /** The text split into what and where, if it certainly names a place. */
  certainSplit(text: string): Promise<SplitText | null>;
};

/** What is known of a text. */
type Lookup = {
  readonly text: string;
  readonly abortController: AbortController;
  readonly suggestions: Promise<readonly SuggestionRow[]>;
  readonly split: Promise<SplitText | null>;
};

/**
 * @param areas the city's neighbourhoods, as far as they are known
 * @param recent the searches that this device has kept
 * @param onChange receives every new state
 */
export function createAutocomplete(
  api: Pick<ApiClient, 'suggest' | 'addresses'>,
  { areas, recent }: { areas: () => readonly KnownArea[]; recent: () => readonly PlacedText[] },
  onChange: (state: AutocompleteState) => void,
): Autocomplete {
  let state = NO_SUGGESTIONS;
  let current: Lookup | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;

  function setState(next: AutocompleteState): void {
    state = next;
    onChange(next);
  }
  function lookUp(text: string): Lookup {
    if (current?.text === text) return current;
    current?.abortController.abort();
    const abortController = new AbortController();
    // Failures are ignored: the search itself reports what is wrong.
    const suggestions = api.suggest(text, abortController.signal).catch(() => []);
    const vendors = async () => (await suggestions).filter(({ type }) => type === 'vendor').map((row) => row.text);
    const split = import('./place-lookup.ts')
      .then(({ lookUpPlace }) => lookUpPlace(text, { api, areas: areas(), vendors }))
      .catch(() => null);
    current = { text, abortController, suggestions, split };
    return current;
  }
  async function suggest(text: string): Promise<void> {
    const lookup = lookUp(text);
    const [suggestions, split] = await Promise.all([lookup.suggestions, lookup.split]);
    if (current !== lookup || !isOpen) return;
    setState({ rows: split ? [{ type: 'place', search: split }, ...suggestions] : suggestions, active: -1 });
  }

  return {
    update(text) {
      clearTimeout(timer);
      const trimmed = text.trim();
      isOpen = trimmed !== '';
      if (isOpen) timer = setTimeout(() => void suggest(trimmed), DEBOUNCE_MS);
      else setState({ rows: recent().map((search) => ({ type: 'recent', search })), active: -1 });
    },
    moveActive(by) {
      const positions = state.rows.length + 1;
      if (positions > 1) setState({ ...state, active: ((state.active + 1 + by + positions) % positions) - 1 });
    },
    close() {
      clearTimeout(timer);
      isOpen = false;
      if (state.rows.length > 0) setState(NO_SUGGESTIONS);
    },
    async certainSplit(text) {
      const trimmed = text.trim();
      if (trimmed === '') return null;
      const timeout = new Promise<null>((resolve) => setTimeout(resolve, PLACE_TIMEOUT_MS, null));
      const split = await Promise.race([lookUp(trimmed).split, timeout]);
      return split?.isCertain ? split : null;
    },
  };
}
