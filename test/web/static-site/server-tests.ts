/** Why a test needs a server, by the name of its file: for all tests of a file, or for those whose names match. */
const SERVER_TESTS: Readonly<Record<string, readonly (readonly [why: string, names?: RegExp])[]>> = {
  'own-engine': [['its server fails']],
  failures: [['its server fails, or has other data', /server|^offline|^status|slow|\/meta|replaced/]],
  'full-device': [['it saves answers of a server', /earlier version/]],
  'share-tags': [['its server writes the question into the page']],
  'large-city': [['a request to its server fails', /cannot be loaded/]],
  hostile: [['its server sends hostile answers', /whatever an answer/]],
  pmtiles: [['the archive of tiles is a file of its server', /^(?!is drawn; the policy|downloads no code)/]],
  'first-load': [
    ['it counts requests to a server, or saves its answers', /five requests|one visit|saved too/],
    ['its server sends headers, or no answer', /style sheet|runs first|never comes/],
  ],
  anywhere: [
    ['it saves answers of a server', /^offline/],
    ['its server sends headers', /^its policy/],
  ],
};

/** Why a test needs a server; `undefined`: it also passes on a site without one. @param file its path */
export function whyServer(file: string, name: string): string | undefined {
  const tests = SERVER_TESTS[/([^/]+)\.test\.ts$/.exec(file)?.[1] ?? ''] ?? [];
  return tests.find(([, names]) => !names || names.test(name))?.[0];
}
