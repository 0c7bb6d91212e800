import type { EarlyRequests } from './api/client.ts';
import { formatSearch } from './api/search-params.ts';
import { isEmptySearch, parseUrlState, unfilteredSearch } from './app/url-state.ts';
import { chooseLanguage, LANGUAGE_TAGS, loadTranslations } from './i18n/language.ts';

/*
 * A small script that runs while main.ts is still downloading. It requests the chosen language, the city's metadata and the
 * answer to the URL's search; a preload in the HTML could not know that search.
 */
const urlState = parseUrlState(location.search);
const choice = chooseLanguage(urlState.lang, navigator.languages);
document.documentElement.lang = LANGUAGE_TAGS[choice.language];
document.documentElement.classList.toggle('is-embed', urlState.embed);

export const { language } = choice;
export const translations = loadTranslations(choice);
export const earlyRequests: EarlyRequests = new Map();

const search = isEmptySearch(urlState) ? [] : [`/search?${formatSearch(unfilteredSearch(urlState))}`];
for (const url of ['/meta', ...search]) {
  const response = fetch(url);
  // The API client handles a failure; without this, a failure before that would be an unhandled rejection.
  response.catch(() => undefined);
  earlyRequests.set(url, response);
}
