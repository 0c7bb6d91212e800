import { Random } from '../fixtures/random.ts';
import { encodedOddly, oddHeader, oddText, percentEncoded } from './odd-values.ts';
import { type DocumentedParameter, parameterValue, type Verdict } from './parameter-values.ts';

/** A part of a query string, encoded. `verdict` is of its value; `name` the parameter's, or what a caller may take for one. */
export type QueryPart = { readonly name: string; readonly text: string; readonly verdict: Verdict };

/** A request that HTTP allows, with any content. */
export type GeneratedRequest = {
  readonly method: string;
  readonly path: string;
  /** The path of `/openapi.json` that was meant. */
  readonly template: string;
  readonly query: readonly QueryPart[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

/** What requests are made of: the API's own document, and texts of its answers. */
export type ApiDescription = {
  readonly paths: Readonly<Record<string, readonly DocumentedParameter[]>>;
  /** Ids of vendors. */
  readonly ids: readonly string[];
  readonly version: string;
  /** Cursors of real answers. */
  readonly cursors: readonly string[];
};

const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'REPORT', 'QUERY', 'LOCK'];
const OTHER_METHODS = ['TRACE', 'OPTIONS', 'OPTIONS', 'PURGE', 'LINK', 'SEARCH', 'M-SEARCH', 'SUBSCRIBE'];

/** Request number `at` of a seed: always the same, so that each one can be sent again alone. */
export function generateRequest(api: ApiDescription, seed: number, at: number): GeneratedRequest {
  const random = new Random(seed * 1_000_003 + at);
  const templates = Object.keys(api.paths);
  // Searches have most of the parameters.
  const template = random.chance(0.5) ? '/search' : random.pick(templates);
  const method = someMethod(random);
  const headers = Array.from({ length: random.chance(0.4) ? 0 : random.below(4) }, () => oddHeader(random));
  return {
    method,
    path: somePath(template, api, random),
    template,
    query: someQuery(api.paths[template] ?? [], api, random),
    headers: random.chance(0.01) ? Array.from({ length: 300 }, (_, n) => [`X-Flood-${n}`, 'x'] as const) : headers,
    body: METHODS_WITH_BODY.includes(method) ? random.pick(['', 'q=tacos', '{"a":1}', 'x'.repeat(20_000)]) : '',
  };
}

function someMethod(random: Random): string {
  const chance = random.next();
  if (chance < 0.84) return 'GET';
  if (chance < 0.92) return 'HEAD';
  return random.pick(chance < 0.96 ? METHODS_WITH_BODY : OTHER_METHODS);
}

function somePath(template: string, { ids, version }: ApiDescription, random: Random): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (random.chance(0.3)) return encodedOddly(oddText(random), random).replace(/[?#]/g, encodeURIComponent);
    return name === 'version' ? version : random.pick(ids);
  });
  if (random.chance(0.9)) return filled;
  return random.pick([
    `${filled}/`,
    `/${filled}`,
    filled.toUpperCase(),
    filled.replace(/^\/(.)/, (_, first: string) => `/%${first.charCodeAt(0).toString(16)}`),
    `${filled}%00`,
    `${filled};a=1`,
    `/.${filled}`,
    `/a/..${filled}`,
    `/%2e%2e${filled}`,
    `${filled}/../search`,
    `${filled}\\..\\search`,
    `/${percentEncoded(oddText(random))}`,
    `/${'a/'.repeat(1 + random.below(3000))}`,
    `http://127.0.0.1${filled}`,
    '/',
    '/assets/',
    '/index.html',
    '/%ff',
  ]);
}

function someQuery(parameters: readonly DocumentedParameter[], api: ApiDescription, random: Random): QueryPart[] {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const parts: QueryPart[] = [];
  const q = inQuery.find(({ name }) => name === 'q');
  if (q && random.chance(0.7)) parts.push(part(q, api, random));
  for (let left = random.pickEarly([0, 1, 2, 3, 4, 6, 10, 25]); left > 0 && inQuery.length > 0; left--)
    parts.push(part(random.pick(inQuery), api, random));
  if (random.chance(0.1)) parts.push(oddPart(random));
  const [first] = parts;
  if (first && random.chance(0.02)) parts.push(...Array.from({ length: random.pick([2, 100, 1000]) }, () => first));
  return parts;
}

function part(parameter: DocumentedParameter, { cursors }: ApiDescription, random: Random): QueryPart {
  const { name } = parameter;
  if (name === 'cursor' && cursors.length > 0 && random.chance(0.6))
    return { name, text: `cursor=${someCursor(random.pick(cursors), random)}`, verdict: 'unclear' };
  const { text, verdict } = parameterValue(parameter, random);
  if (verdict !== 'unclear') return { name, text: `${name}=${percentEncoded(text)}`, verdict };
  const spelled = random.chance(0.95)
    ? name
    : random.pick([name.toUpperCase(), `${name}[]`, `%${name}`, ` ${name}`, `${name}.x`]);
  return { name, text: `${percentEncoded(spelled)}=${encodedOddly(text, random).replace(/#/g, '%23')}`, verdict };
}

/** A cursor of an answer: as it is, with one character changed, or with other values in it. */
function someCursor(cursor: string, random: Random): string {
  if (random.chance(0.2)) return cursor;
  if (random.chance(0.3)) {
    const at = random.below(cursor.length);
    return cursor.slice(0, at) + random.pick(['A', '_', '0', '']) + cursor.slice(at + 1);
  }
  const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { t: unknown; k: unknown[] };
  const number = random.pick([
    0,
    -1,
    8.64e15,
    8.64e15 + 1,
    -8.64e15 - 1,
    2 ** 53 - 1,
    1e308,
    -1e308,
    0.5,
    null,
    '1',
    [],
    {},
    true,
  ]);
  if (random.chance(0.5)) content.t = number;
  else content.k[random.below(4)] = number;
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

function oddPart(random: Random): QueryPart {
  const name = encodedOddly(oddText(random), random).replace(/#/g, '%23');
  return { name, text: random.pick([name, `${name}=`, `=${name}`, `${name}=1`, '&&&', '=', '?']), verdict: 'unclear' };
}
