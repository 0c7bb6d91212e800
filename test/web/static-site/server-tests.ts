/** Why tests need a server, and parts of their names; without names, all tests of the file do. */
type ServerTests = { readonly why: string; readonly names?: readonly string[] };

/** By the name of the file. */
export const SERVER_TESTS: Readonly<Record<string, readonly ServerTests[]>> = {
  'own-engine': [{ why: 'its server fails' }],
  'share-tags': [{ why: 'its server writes the question into the page' }],
  'city-menu': [
    {
      why: 'the first visit of another city needs a connection',
      names: ['leads to the other city', 'saved vendors of each city apart'],
    },
    { why: 'the fixture of a site requests all scripts', names: ['has no menu of cities'] },
  ],
  failures: [
    {
      why: 'its server fails or cannot be reached',
      names: [
        'the server is down',
        'offline: it says so',
        'the search is unavailable, and retry works',
        'without /meta, there is no outline',
      ],
    },
    { why: 'its server is slow', names: ['a slow answer shows progress'] },
    { why: 'its server is replaced by one with other data', names: ['data replaced while the page is open'] },
  ],
  'full-device': [{ why: 'earlier versions had no site', names: ['with the caches of an earlier version'] }],
  'large-city': [{ why: 'a request to its server fails', names: ['a page that cannot be loaded'] }],
  hostile: [{ why: 'its server sends hostile answers', names: ['whatever an answer contains'] }],
  pmtiles: [
    {
      why: 'the archive of tiles is a file of its server',
      names: [
        'is drawn over the outline',
        'follows the device’s light or dark scheme',
        'does not load a tile twice',
        'is served whole',
        'leaves the outline, and the rest of the page works',
      ],
    },
  ],
  'first-load': [
    { why: 'it counts requests to a server', names: ['makes five requests besides the API’s'] },
    { why: 'it saves answers of a server', names: ['one visit is enough', 'an answer that arrives after'] },
    {
      why: 'its server sends the policy as a header',
      names: [
        'without the script that runs first',
        'with the policy of another version',
        'its policy allows the script',
      ],
    },
    { why: 'its server does not answer', names: ['an answer that never comes'] },
  ],
  anywhere: [
    { why: 'it saves answers of a server', names: ['offline: the page and recent answers'] },
    { why: 'its server sends the policy as a header', names: ['its policy allows frames'] },
  ],
};

/** Why a test needs a server; `undefined`: it also passes on a site without one. @param file its path */
export function whyServer(file: string, name: string): string | undefined {
  const tests = SERVER_TESTS[/([^/]+)\.test\.ts$/.exec(file)?.[1] ?? ''] ?? [];
  return tests.find(({ names }) => !names || names.some((part) => name.includes(part)))?.why;
}
