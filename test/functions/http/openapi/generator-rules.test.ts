import { describe, expect, it } from 'vitest';
import { WELL } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';
import { document } from './conforming.ts';

type Schema = { type?: string; items?: unknown; enum?: unknown; default?: unknown };
type Parameter = { name: string; in: string; schema: Schema; example?: unknown };
type Operation = {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  responses: Record<string, object>;
};
type Item = { parameters?: Parameter[]; get: Operation; head: Operation };

const items = Object.entries(document.paths as unknown as Record<string, Item>);
const operations = items.flatMap(([path, { get, head }]) => [
  [`GET ${path}`, get] as const,
  [`HEAD ${path}`, head] as const,
]);
const parameters = items.flatMap(([path, { parameters: ofPath = [] }]) =>
  ofPath.filter((parameter) => parameter.in === 'query').map((parameter) => ({ path, ...parameter })),
);

/** Every object in the document, with its place. */
function objectsIn(value: unknown, at = ''): [place: string, object: Record<string, unknown>][] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => objectsIn(one, `${at}/${key}`));
  return Array.isArray(value) ? inner : [[at, value as Record<string, unknown>], ...inner];
}
/** Examples have no schemas in them. */
const objects = objectsIn(document).filter(([place]) => !/\/examples?\b/.test(place));
const placesOf = (isFaulty: (object: Record<string, unknown>) => boolean) =>
  objects.filter(([, object]) => isFaulty(object)).map(([place]) => place);

describe('/openapi.json, for generators of clients,', () => {
  it.each(operations)('names and describes %s', (_name, operation) => {
    const { operationId, tags = [], summary, description, responses } = operation;
    expect(operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(tags));
    expect(tags).toHaveLength(1);
    expect([summary, description]).not.toContain(undefined);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining([expect.stringMatching(/^4\d\d$/)]));
  });

  it('says that no request needs a key, and describes each tag', () => {
    expect(document.security).toEqual([]);
    for (const { description } of document.tags) expect(description.length).toBeGreaterThan(20);
  });

  it('has a schema, never true or false, as the items of each array', () => {
    expect(objects.filter(([, { type }]) => type === 'array').length).toBeGreaterThan(30);
    expect(placesOf(({ items }) => typeof items === 'boolean')).toEqual([]);
    expect(placesOf(({ type, items }) => type === 'array' && items === undefined)).toEqual([]);
  });

  it('bounds the length of each tuple', () => {
    const tuples = objects.filter(([, { prefixItems }]) => prefixItems);
    expect(tuples.length).toBeGreaterThan(5);
    for (const [, { prefixItems, minItems, maxItems }] of tuples) {
      expect([minItems, maxItems]).toEqual(Array(2).fill((prefixItems as unknown[]).length));
    }
  });

  it('has the type of each enum', () => {
    expect(placesOf((object) => Array.isArray(object.enum) && object.type !== 'string')).toEqual([]);
  });

  it('has 64 bits for each number that is not an integer', () => {
    expect(placesOf(({ type, format }) => type === 'number' && format !== 'double')).toEqual([]);
  });
});

describe('the API, asked by a generated client,', () => {
  const bodyOf = async (url: string) => {
    const response = await appOf().request(url);
    expect([url, response.status]).toEqual([url, 200]);
    return response.text();
  };

  const defaults = parameters.filter(({ schema }) => schema.default !== undefined);
  it.each([
    `/search?q=taco+near+me&lat=${WELL.lat}&lon=${WELL.lon}`,
    '/search?q=taco+open+now',
    '/search?category=mexican&strict=true',
    '/suggest?q=ta',
  ])('returns the same for %s with every default that the document has', async (url) => {
    const sent = defaults.filter(({ path }) => url.startsWith(`${path}?`));
    expect(sent.length).toBeGreaterThan(1);
    const query = sent.map(({ name, schema }) => `${name}=${schema.default}`).join('&');
    expect(await bodyOf(`${url}&${query}`)).toBe(await bodyOf(url));
  });

  const lists = parameters.filter(({ schema }) => schema.type === 'array');
  it.each(lists)('accepts $name of $path as one text and as one parameter for each entry', async (parameter) => {
    const { path, name, example } = parameter;
    const entries = (example as unknown[]).map(String);
    const several = entries.map((entry) => `&${name}=${encodeURIComponent(entry)}`).join('');
    expect(await bodyOf(`${path}?q=taco${several}`)).toBe(await bodyOf(`${path}?q=taco&${name}=${entries.join()}`));
  });
});
