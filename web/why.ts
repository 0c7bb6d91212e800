import { html, type TemplateResult } from 'lit-html';
import { stateOf } from './narrow.ts';
import type { Session } from './screen.ts';
import type { Explanation, Truck } from './wire.ts';

/** Why a vendor stands where it does, in the page's own language. */
export function why(session: Session, truck: Truck): TemplateResult {
  const { text, screen } = session;
  const known = screen.whys.get(truck.id) ?? 'waiting';
  const words =
    known === 'waiting' ? text.whyWaiting : known === 'failed' ? text.whyFailed : sentence(session, truck, known.by);
  return html`<p class="why" role="status">${words}</p>`;
}

function sentence({ text, screen }: Session, truck: Truck, by: Explanation | null): string {
  const { narrowing } = screen;
  const branch = truck.branches.find(({ id }) => id === by?.branch) ?? truck.branches[0];
  const parts = [
    ...(by?.words ?? []).map(({ word, matched, field, quality }) => text.whyWord(word, matched, field, quality)),
    ...(branch && branch.distance_m !== null ? [text.whyNear(text.distance(branch.distance_m))] : []),
    ...(branch && narrowing?.forMinutes != null ? [text.whyTime[stateOf(branch, narrowing)]] : []),
  ];
  const all = parts.join('; ');
  return all === '' ? text.whyNothing : `${all.slice(0, 1).toUpperCase()}${all.slice(1)}.`;
}
