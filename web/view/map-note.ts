import { html, nothing, type TemplateResult } from 'lit-html';
import type { PageContext } from '../app/app-state.ts';

/** Says that only a part of the results is on the map, and how to see the others. */
export function mapNote({ t, state }: Pick<PageContext, 't' | 'state'>): TemplateResult | typeof nothing {
  const { filtered, searchStatus } = state;
  const shown = filtered?.trucks.length ?? 0;
  const hits = filtered?.hits ?? 0;
  if (!filtered || searchStatus.error || shown >= hits) return nothing;
  return html`<p class="map-note">${t.partOnMap(shown, hits)}${t.separators.sentence}<span class="map-hint">${t.othersOnMap}</span></p>`;
}
