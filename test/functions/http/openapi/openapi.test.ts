import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import { SEARCH_PARAMS, SUGGEST_PARAMS } from '../../../../functions/http/params/parameters.ts';
import { PROBLEMS } from '../../../../functions/http/responses/problem.ts';
import { createDirectoryReader } from '../../../../functions/releases/directory-reader.ts';
import { createReleaseDownloads } from '../../../../functions/releases/downloads.ts';
import { scratchStore } from '../../../fixtures/scratch-store.ts';
import { town } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';
import { checkResponse, document, faultsOf } from './conforming.ts';

type Media = { schema: object; example?: unknown; examples?: Record<string, { value: unknown }> };
type Operation = { operationId: string; responses: Record<string, { content?: Record<string, Media> }> };
type Item = { parameters?: { name: string; schema: object; example?: unknown; description: string }[] } & Record<
  'get' | 'head',
  Operation
>;
/** Files that a release can have. `quality.*` are in releases that were published. */
const RELEASE_FILES = [
  'places.geojson',
  'places.csv',
  'release.json',
  'list.html',
  'quality.html',
  'quality.json',
  'quality.txt',
];
const paths = Object.entries(document.paths as unknown as Record<string, Item>);

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document, and is served', async () => {
    const served = (await (await appOf().request('/openapi.json')).json()) as object;
    expect(served).toEqual(JSON.parse(JSON.stringify(document)));
    const validator = new Validator();
    const { valid, errors } = await validator.validate(served as Record<string, unknown>);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has every route and no other', () => {
    const files = createReleaseDownloads(createDirectoryReader('nothing-was-published-here'), town, scratchStore());
    const { routes } = createApp({ engine: () => openEmbedded(town()), tiles: null, log: () => {}, files });
    const known: Record<string, string[]> = {
      '/trucks/:id': ['/trucks/{id}', '/trucks/{id}.ics'],
      '/docs/': ['/docs'],
      '/data/:version/:name': RELEASE_FILES.map((name) => `/data/{version}/${name}`),
    };
    const routed = routes
      .filter(({ method, path }) => method === 'GET' && !path.includes('*'))
      .flatMap(({ path }) => known[path] ?? path.replace(/:(\w+)/g, '{$1}'));
    expect([...new Set(routed)].sort()).toEqual(paths.map(([path]) => path).sort());
  });

  it('has every parameter with its aliases', () => {
    for (const [path, table] of [
      ['/search', SEARCH_PARAMS],
      ['/suggest', SUGGEST_PARAMS],
    ] as const) {
      const parameters = paths.find(([one]) => one === path)?.[1].parameters ?? [];
      expect(parameters.map(({ name }) => name)).toEqual(Object.keys(table));
      for (const [at, { aliases = [] }] of Object.values(table as Record<string, { aliases?: string[] }>).entries()) {
        for (const alias of aliases) expect(parameters[at]?.description).toContain(`\`${alias}\``);
      }
    }
  });

  it('has only examples that match their schemas', () => {
    let examples = 0;
    const check = (where: string, schema: object, value: unknown) => {
      examples++;
      expect([where, faultsOf(schema, value)]).toEqual([where, []]);
    };
    for (const [path, { parameters = [], get }] of paths) {
      for (const { name, schema, example } of parameters)
        if (example !== undefined) check(`${path} ${name}`, schema, example);
      for (const [status, { content = {} }] of Object.entries(get.responses)) {
        for (const [type, { schema, example, examples = {} }] of Object.entries(content)) {
          const values = example === undefined ? Object.values(examples).map(({ value }) => value) : [example];
          expect([path, status, type, values.length > 0]).toEqual([path, status, type, true]);
          for (const value of values) check(`${path} ${status} ${type}`, schema, value);
        }
      }
    }
    expect(examples).toBeGreaterThan(80);
  });

  it('has an error of every kind', () => {
    const text = JSON.stringify([document.paths, document.components.responses]);
    // No GET or HEAD returns this one.
    const { 'method-not-allowed': _, ...ofPaths } = PROBLEMS;
    for (const code of Object.keys(ofPaths)) expect(text).toContain(`"/docs#${code}"`);
    expect(document.info.description).toContain('(/docs#method-not-allowed)');
  });

  it('has a HEAD for every GET, with unique operation ids', () => {
    const ids = paths.flatMap(([, { get, head }]) => [get.operationId, head.operationId]);
    expect(new Set(ids).size).toBe(paths.length * 2);
  });

  it('has no unused and no missing schemas', () => {
    const text = JSON.stringify(document);
    const used = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('has the version of package.json', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(document.info.version).toBe(version);
  });
});

describe('the check of every response', () => {
  const checkChanged = async (change: (body: Record<string, unknown>) => void, init: ResponseInit = {}) => {
    const response = await appOf().request('/suggest?q=ta');
    const body = (await response.json()) as Record<string, unknown>;
    change(body);
    return checkResponse('GET', '/suggest?q=ta', Response.json(body, init));
  };

  it('accepts a valid one', () => expect(checkChanged(() => {})).resolves.toBeUndefined());
  it('rejects an undocumented key', () =>
    expect(checkChanged((body) => Object.assign(body, { extra: 1 }))).rejects.toThrow('"additionalProperty":"extra"'));
  it('rejects a missing key', () =>
    expect(checkChanged((body) => Reflect.deleteProperty(body, 'warnings'))).rejects.toThrow(
      '"missingProperty":"warnings"',
    ));
  it('rejects an undocumented status', () =>
    expect(checkChanged(() => {}, { status: 418 })).rejects.toThrow('418 is not in the document'));
  it('rejects an undocumented content type', () =>
    expect(checkChanged(() => {}, { headers: { 'Content-Type': 'text/html' } })).rejects.toThrow('text/html'));
});
