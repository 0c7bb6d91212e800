import { type EarlyRequests, TIMEOUT_MS } from './api/client.ts';
import { formatSearch } from './api/search-params.ts';
import { parseUrlState, unfilteredSearch } from './app/url-state.ts';
import { recall } from './device/remembered.ts';
import { chooseLanguage, LANGUAGE_TAGS, type Language, loadTranslations } from './i18n/language.ts';
import type { Translations } from './i18n/translations.ts';

/*
 * A small script that runs while main.ts is still downloading. It requests the chosen language, the city's metadata and the
 * answer to the URL's search; a preload in the HTML could not know that search.
 */
const urlState = parseUrlState(location.search);
document.documentElement.classList.toggle('is-embed', urlState.embed);

/** The language of {@link translations}, once these have loaded. */
export let language: Language;
// Every language is a file of its own, and may fail alone.
export const translations = translationsFor(urlState.lang ?? recall('lang')).catch(() => translationsFor('en'));
export const earlyRequests: EarlyRequests = new Map();

for (const url of ['/meta', `/search?${formatSearch(unfilteredSearch(urlState))}`]) {
  const response = fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  // The API client handles a failure; without this, a failure before that would be an unhandled rejection.
  response.catch(() => undefined);
  earlyRequests.set(url, response);
}

function translationsFor(requested: string | null): Promise<Translations> {
  const choice = chooseLanguage(requested, navigator.languages);
  language = choice.language;
  document.documentElement.lang = LANGUAGE_TAGS[language];
  return loadTranslations(choice);
}
