import { html, type TemplateResult } from 'lit-html';
import type { Explanation, Truck } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { openStateOf } from '../app/client-filter.ts';
import { isRough } from './shown-distance.ts';

/** The API's explanation of a vendor's rank, in the page's language. */
export function explanation(page: PageContext, truck: Truck): TemplateResult {
  const { t, state } = page;
  const current = state.explanations.get(truck.id) ?? 'loading';
  const text =
    current === 'loading'
      ? t.whyLoading
      : current === 'failed'
        ? t.whyFailed
        : sentence(page, truck, current.explanation);
  return html`<p class="why" role="status">${text}</p>`;
}

function sentence({ t, state }: PageContext, truck: Truck, given: Explanation | null): string {
  const { filter } = state;
  const branch = truck.branches.find(({ id }) => id === given?.branch) ?? truck.branches[0];
  const parts = [
    ...(given?.words ?? []).map(({ word, matched, field, quality }) => t.whyWord(word, matched, field, quality)),
    ...(branch && branch.distance_m !== null && !isRough(state, branch.distance_m)
      ? [t.whyNear(t.distance(branch.distance_m))]
      : []),
    ...(branch && filter?.openForMinutes != null ? [t.whyTime[openStateOf(branch, filter)]] : []),
  ];
  const joined = parts.join(t.separators.clause);
  return joined === ''
    ? t.whyNothing
    : `${joined.slice(0, 1).toUpperCase()}${joined.slice(1)}${t.separators.sentence.trim()}`;
}
