import type { CityLink } from '../../functions/model/city-links.ts';
import { cityMenuStyle } from './city-menu-style.ts';

/* In a chunk of its own, which imports nothing that the page's first script has: that would be moved to a third file, and add a request to each first visit. */

const GLOBE =
  '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"></circle><path d="M3 12h18M12 3c-6 6-6 12 0 18 6-6 6-12 0-18Z"></path></svg>';

/**
 * Adds a menu of all cities to the header, once. The choice of a language goes along: by the link's `lang`, and otherwise by what the device
 * remembers for all cities of the origin.
 * @param label what the menu is called
 */
export function showCityMenu(header: HTMLElement, cities: readonly CityLink[], label: string): void {
  if (document.querySelector('.city-menu')) return;
  const style = new CSSStyleSheet();
  style.replaceSync(cityMenuStyle);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  const menu = Object.assign(document.createElement('details'), { className: 'city-menu' });
  const current = cities.find(({ page }) => page === './');
  const button = document.createElement('summary');
  button.innerHTML = GLOBE;
  const name = Object.assign(document.createElement('span'), {
    className: 'city-name',
    textContent: current?.name ?? '',
  });
  button.append(name);
  button.setAttribute('aria-label', [label, current?.name].filter(Boolean).join(', '));
  const links = document.createElement('nav');
  links.setAttribute('aria-label', label);
  for (const city of cities) links.append(linkTo(city));
  menu.append(button, links);
  menu.addEventListener('toggle', () => {
    for (const link of links.querySelectorAll('a')) link.href = addressOf(link.dataset.page ?? '');
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    button.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target as Node)) menu.open = false;
  });
  header.querySelector('.header-inner')?.append(menu);
}

function linkTo({ name, page }: CityLink): HTMLAnchorElement {
  const link = Object.assign(document.createElement('a'), { textContent: name, href: addressOf(page) });
  link.dataset.page = page;
  if (page === './') link.setAttribute('aria-current', 'page');
  return link;
}

/** The map page of a city in the language that this page's link requests. A search stays here: its places are of this city. */
function addressOf(page: string): string {
  const lang = new URLSearchParams(location.search).get('lang');
  return lang ? `${page}?${new URLSearchParams({ lang })}` : page;
}
