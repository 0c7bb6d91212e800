import type { EarlyRequests } from './api/client.ts';
import { formatSearch } from './api/search-params.ts';
import { parseUrlState, unfilteredSearch } from './app/url-state.ts';
import { patienceMs } from './device/patience.ts';
import { recall } from './device/remembered.ts';
import { chooseLanguage, type Language } from './i18n/language.ts';
import { startLocalApi } from './local-api/local-api.ts';
import { downloadLocally } from './local-api/local-downloads.ts';

/*
 * A small script that runs while main.ts is still downloading. It requests the answer to the URL's search, the city's metadata and the
 * chosen language; preloads in the HTML could know neither that search nor the language. Without this script, the page is only slower.
 */

/** The URL of each language's file, and those of the map; set by the build. */
declare const LANGUAGE_FILES: Readonly<Record<Language, string>>;
declare const MAP_FILES: readonly string[];
/** The URL of the API's worker script on a static site; `null` where a server answers. */
declare const LOCAL_API_FILE: string | null;

if (LOCAL_API_FILE !== null) {
  window.localApi = startLocalApi(LOCAL_API_FILE);
  downloadLocally(() => window.localApi);
}
const urlState = parseUrlState(location.search);

function request(url: string): Promise<Response> {
  const response = (window.localApi ?? fetch)(url, { signal: AbortSignal.timeout(patienceMs()) });
  // The API client handles a failure; without this, a failure before that would be an unhandled rejection.
  response.catch(() => undefined);
  requests.set(url, response);
  return response;
}

function preload(url: string): void {
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = url;
  document.head.append(link);
}

const requests: EarlyRequests = new Map();
window.earlyRequests = requests;
const answer = request(`search?${formatSearch(unfilteredSearch(urlState))}`);
preload(
  LANGUAGE_FILES[
    chooseLanguage(urlState.lang ?? recall('lang'), navigator.languages, document.documentElement.dataset.languages)
      .language
  ],
);
request('meta');
// The map comes after the list, so its files must not share the connection with what the list needs.
answer.then(
  () => MAP_FILES.forEach(preload),
  () => undefined,
);
