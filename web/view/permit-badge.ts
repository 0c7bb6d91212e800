import { html, nothing, type TemplateResult } from 'lit-html';
import { dateInZone, permitEnd } from '../../functions/model/permit-end.ts';
import type { TruckBranch } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';

/**
 * Says that a permit has ended or is not approved; nothing about a valid one.
 * @param width `long` says too that the data is older than the permit's end
 */
export function permitBadge(
  { t, state }: Pick<PageContext, 't' | 'state'>,
  { expires, status }: TruckBranch,
  width: 'short' | 'long',
): TemplateResult | typeof nothing {
  const { meta } = state.searchStatus.answer ?? {};
  const end = meta
    ? permitEnd(expires, {
        today: dateInZone(Date.parse(meta.now), meta.timezone),
        asOf: meta.as_of,
        origin: meta.origin,
      })
    : 'none';
  if (end !== 'none' && expires) {
    const words =
      width === 'short' ? t.permitEnded(t.month(expires)) : t.permitEndedIn(t.month(expires, 'long'), end === 'since');
    return html`<span class="permit">${words}</span>`;
  }
  return status === 'approved' ? nothing : html`<span class="permit">${t.permitState(t.status(status))}</span>`;
}
