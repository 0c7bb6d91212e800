import type { EarlyRequests } from './api/client.ts';
import { formatSearch, isEmptySearch, parseUrlState, unfilteredSearch } from './app/url-state.ts';
import { chooseLanguage, LANGUAGE_TAGS, loadTranslations } from './i18n/language.ts';

/*
 * The page's first, small script: while the big one is still on its way, it asks for the chosen language, for what the
 * map must know of the city, and for the answer to the search in the page's address. A preload in the HTML could not
 * know that address.
 */
const view = parseUrlState(location.search);
const choice = chooseLanguage(view.lang, navigator.languages);
document.documentElement.lang = LANGUAGE_TAGS[choice.language];
document.documentElement.classList.toggle('is-embed', view.embed);

/** The page's language, as its documents name it. */
export const { language } = choice;
/** Its words, on their way. */
export const words = loadTranslations(choice);
/** Requests that are under way, by their address. */
export const early: EarlyRequests = new Map();

const wanted = ['/meta', ...(isEmptySearch(view) ? [] : [`/search?${formatSearch(unfilteredSearch(view))}`])];
for (const url of wanted) {
  const response = fetch(url);
  // Whoever waits for it hears of a failure; until then it is nobody's unhandled one.
  response.catch(() => undefined);
  early.set(url, response);
}
