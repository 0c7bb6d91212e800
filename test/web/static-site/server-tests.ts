/** Why a test needs a server, by the name of its file: for all tests of a file, or for those whose names match. */
const SERVER_TESTS: Readonly<Record<string, readonly (readonly [why: string, names?: RegExp])[]>> = {
  'own-engine': [['its server fails']],
  failures: [['its server fails, or has other data or tiles']],
  'full-device': [['it saves answers of a server']],
  'share-tags': [['its server writes the question into the page']],
  'large-city': [['its data is too large for a site']],
  hostile: [['its server sends hostile answers']],
  tiles: [['its server has tiles']],
  pmtiles: [['its server has an archive of tiles']],
  'first-load': [
    ['it counts requests to a server', /requested before|five requests|one visit/],
    ['its server sends headers, or no answer', /style sheet|runs first|never comes/],
  ],
  anywhere: [
    ['it saves answers of a server', /^offline/],
    ['it waits for a request to a server', /does not shift/],
  ],
  effort: [['it saves answers of a server', /^offline/]],
  favourites: [['it saves answers of a server', /offline/]],
  find: [['it counts requests to a server', /waits for the previous|without a request/]],
  understood: [['it counts requests to a server', /exact words/i]],
  areas: [['it counts requests to a server', /request/]],
  'search-field': [['its server is slow', /stays empty/]],
};

/** Why a test needs a server; `undefined`: it also passes on a site without one. @param file its path */
export function whyServer(file: string, name: string): string | undefined {
  const tests = SERVER_TESTS[/([^/]+)\.test\.ts$/.exec(file)?.[1] ?? ''] ?? [];
  return tests.find(([, names]) => !names || names.test(name))?.[0];
}
