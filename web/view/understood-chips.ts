import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { QuestionPart } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { foodOf, partKey } from '../app/question-parts.ts';
import { withExactWords } from '../app/url-changes.ts';
import { isTrue } from '../app/url-state.ts';
import { clockIcon, closeIcon, locateIcon } from './icons.ts';

/** `content` replaces the label where the chip is also a button. */
type Chip = { readonly key: string; readonly label: string; readonly content?: unknown; readonly remove: () => void };

/**
 * What the question was understood as, if that is more than its words: each part with a button that removes it, and a button that
 * searches for the exact words instead.
 */
export function understoodChips(page: PageContext): TemplateResult | typeof nothing {
  const { t, state, actions } = page;
  const { urlState, understood, searchStatus } = state;
  const isExact = isTrue(urlState.search.strict);
  const chips = partChips(page);
  if (isExact) {
    const remove = () => actions.navigate(withExactWords(urlState, false));
    chips.push({ key: 'strict', label: t.exactWords, remove });
  }
  if (chips.length === 0) return nothing;
  const hasMeaning = understood.some(({ as }) => ['near_me', 'open_now', 'optional', 'ignored'].includes(as));
  const { hits = 0, relaxed = [] } = searchStatus.answer ?? {};
  // The notice about relaxed words has the same button, and where nothing was found, exact words find no more.
  const offersExact = !isExact && hits > 0 && hasMeaning && relaxed.every(({ param }) => param !== 'q');
  return html`<ul class="chips understood" aria-label=${t.understood}>
      ${repeat(
        chips,
        ({ key }) => key,
        ({ label, content, remove }, index) => html`<li class="chip">${content ?? html`<bdi>${label}</bdi>`}<button
          type="button"
          class="remove"
          aria-label=${t.remove(label)}
          @click=${() => {
            remove();
            focusChip(page, index);
          }}
        >${closeIcon}</button></li>`,
      )}
      ${
        offersExact
          ? html`<li><button type="button" class="link" @click=${() => {
              actions.navigate(withExactWords(urlState, true));
              focusChip(page, chips.length);
            }}>${t.exactWords}</button></li>`
          : nothing
      }
    </ul>`;
}

/** A chip for each meaning; parts that mean the same share one. */
function partChips({ t, state, actions }: PageContext): Chip[] {
  const { urlState, understood, locating } = state;
  const { open_at, open_now, lat } = urlState.search;
  const byKey = new Map(understood.map((part) => [partKey(part), part]));
  const chip = (part: QuestionPart, label: string, content?: unknown): Chip => {
    return { key: partKey(part), label, content, remove: () => actions.removePart(part) };
  };
  return [...byKey.values()].flatMap((part): Chip[] => {
    switch (part.as) {
      case 'excluded':
        return [chip(part, t.noFood(foodOf(part)))];
      case 'diet':
        return [chip(part, t.category(part.means[0] ?? part.text))];
      case 'open_now':
        // A chosen time replaces the words.
        if (open_at || open_now) return [];
        return [chip(part, t.timeOptions.now, html`${clockIcon}<bdi>${t.timeOptions.now}</bdi>`)];
      case 'near_me': {
        if (lat) return [chip(part, t.nearMe, html`${locateIcon}<bdi>${t.nearMe}</bdi>`)];
        const label = locating ? t.locating : t.askNearMe;
        const ask = html`<button type="button" class="ask" ?aria-busy=${locating} @click=${actions.searchNearMe}>${locateIcon}${label}</button>`;
        return [chip(part, t.nearMe, ask)];
      }
      default:
        return [];
    }
  });
}

/** Focuses the chip that is now at this place, else the last one, else the search field: on a touch screen, the results. */
function focusChip({ touch }: PageContext, index: number): void {
  const left = document.querySelectorAll<HTMLElement>('.understood .remove');
  const next = left[Math.min(index, left.length - 1)] ?? document.getElementById(touch ? 'results' : 'q');
  next?.focus();
}
