import { writeCursor } from '../../functions/http/params/cursor.ts';
import { document } from '../functions/http/openapi/conforming.ts';

/** A place for a caller's text: the request that has it there. */
export type Target = {
  readonly name: string;
  /** Longest text that a client can send there, bytes on the wire: the head of a request has at most 16 kB, and a URL 8 kB. */
  readonly longest: number;
  readonly requestOf: (text: string) => Request;
};

const ORIGIN = 'http://town.example';
const IN_URL = 7_600;
const IN_HEADER = 14_800;

/** A text in a query: a blank is one byte there. */
export const queryText = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');

type DocumentedParameter = { readonly name: string; readonly in: string };

const targetOf = (name: string, pathOf: (text: string) => string): Target => ({
  name,
  longest: IN_URL,
  requestOf: (text) => new Request(`${ORIGIN}${pathOf(text)}`),
});

/** Every parameter of `/openapi.json`, the names of parameters, and paths. */
export function urlTargets(): Target[] {
  const parameters = Object.entries(document.paths).flatMap(([path, item]) => {
    const { parameters: documented = [] } = item as { parameters?: readonly DocumentedParameter[] };
    return documented.map(({ name, in: place }) =>
      targetOf(`${path} ${name}`, (text) => {
        const filled = path.replace(`{${name}}`, place === 'path' ? encodeURIComponent(text) : '');
        const route = filled.replaceAll(/\{\w+\}/g, 'a');
        return place === 'path' ? route : `${route}?${name}=${queryText(text)}`;
      }),
    );
  });
  // As it is, without escapes, and with a point that makes `/search` use every parameter.
  const bare = ['/', '/search?', '/search?q=', '/suggest?q=', '/trucks/', '/data/', '/assets/', '/basemap/', '/?q='];
  const written = bare.map((start) => targetOf(`${start}…`, (text) => `${start}${text}`));
  const cursor = targetOf('/search cursor', (name) => {
    const after = { score: 1, distanceMetres: 0, name, id: 'a' };
    return `/search?q=a&cursor=${writeCursor({ version: '1', hash: 'a', instant: 0, after })}`;
  });
  return [...parameters, ...written, cursor];
}

/** The headers that the program or a library in it may read. The test checks that none is missing. */
export const READ_HEADERS = [
  'accept',
  'accept-encoding',
  'access-control-request-headers',
  'if-none-match',
  'range',
  'x-forwarded-proto',
  'x-request-id',
];

/** Headers that nothing reads now. */
const OTHER_HEADERS = [
  'accept-language',
  'access-control-request-method',
  'authorization',
  'cookie',
  'forwarded',
  'if-modified-since',
  'origin',
  'referer',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
];

const KINDS = [
  ['GET', '/search?q=tacos'],
  ['GET', '/healthz'],
  ['GET', '/'],
  ['GET', '/page.css'],
  ['OPTIONS', '/search'],
] as const;

const headerTarget = (header: string, [method, path]: (typeof KINDS)[number]): Target => ({
  name: `${method} ${path} with ${header}`,
  longest: IN_HEADER,
  requestOf: (text) => new Request(`${ORIGIN}${path}`, { method, headers: { [header]: text } }),
});

/** The headers that are read, in a request of each kind, and the others in one request. */
export function headerTargets(): Target[] {
  const read = READ_HEADERS.flatMap((header) => KINDS.map((kind) => headerTarget(header, kind)));
  return [...read, ...OTHER_HEADERS.map((header) => headerTarget(header, KINDS[0]))];
}
