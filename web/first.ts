import type { EarlyRequests } from './api.ts';
import { chooseLanguage, LANGUAGE_TAGS, loadText } from './language.ts';
import { isIdle, readView, searchQuery, wholeSearch } from './state.ts';

/*
 * The page's first, small script: while the big one is still on its way, it asks for the chosen language, for what the
 * map must know of the city, and for the answer to the search in the page's address. A preload in the HTML could not
 * know that address.
 */
const view = readView(location.search);
const choice = chooseLanguage(view.lang, navigator.languages);
document.documentElement.lang = LANGUAGE_TAGS[choice.language];
document.documentElement.classList.toggle('is-embed', view.embed);

/** The page's language, as its documents name it. */
export const { language } = choice;
/** Its words, on their way. */
export const words = loadText(choice);
/** Requests that are under way, by their address. */
export const early: EarlyRequests = new Map();

const wanted = ['/meta', ...(isIdle(view) ? [] : [`/search?${searchQuery(wholeSearch(view))}`])];
for (const url of wanted) {
  const response = fetch(url);
  // Whoever waits for it hears of a failure; until then it is nobody's unhandled one.
  response.catch(() => undefined);
  early.set(url, response);
}
