import type { MetaAnswer } from '../api/types.ts';

/**
 * Adds the menu of cities if there are several. Few deployments have them, so its script is loaded here; without it, the page only lacks the menu.
 * @param cities missing in an answer that an older version of the page has saved
 */
export function loadCityMenu(header: HTMLElement, cities: MetaAnswer['cities'] | undefined, label: string): void {
  if (!cities || cities.length < 2) return;
  import('./city-menu.ts').then(
    ({ showCityMenu }) => showCityMenu(header, cities, label),
    () => undefined,
  );
}
