import { html, type TemplateResult } from 'lit-html';
import type { Explanation, Truck } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { openStateOf } from '../app/client-filter.ts';

/** Why a vendor stands where it does, in the page's own language. */
export function explanation(session: PageContext, truck: Truck): TemplateResult {
  const { t, state } = session;
  const known = state.explanations.get(truck.id) ?? 'loading';
  const words =
    known === 'loading' ? t.whyLoading : known === 'failed' ? t.whyFailed : sentence(session, truck, known.explanation);
  return html`<p class="why" role="status">${words}</p>`;
}

function sentence({ t, state }: PageContext, truck: Truck, by: Explanation | null): string {
  const { filter } = state;
  const branch = truck.branches.find(({ id }) => id === by?.branch) ?? truck.branches[0];
  const parts = [
    ...(by?.words ?? []).map(({ word, matched, field, quality }) => t.whyWord(word, matched, field, quality)),
    ...(branch && branch.distance_m !== null ? [t.whyNear(t.distance(branch.distance_m))] : []),
    ...(branch && filter?.openForMinutes != null ? [t.whyTime[openStateOf(branch, filter)]] : []),
  ];
  const all = parts.join('; ');
  return all === '' ? t.whyNothing : `${all.slice(0, 1).toUpperCase()}${all.slice(1)}.`;
}
