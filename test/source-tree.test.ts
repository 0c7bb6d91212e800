import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NODE_ENTRIES } from '../infra/build/node-bundle.ts';

const project = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => existsSync(path));
const typescript = project.filter((path) => /^(functions|seed|web|infra|test)\/.*(?<!\.d)\.ts$/.test(path));
const sources = typescript.filter((path) => !path.startsWith('test/'));
const read = (path: string) => readFileSync(path, 'utf8');

/** The files that each source imports, types and dynamic imports included. */
const imports = new Map(
  sources.map((path) => {
    const statements = read(path).matchAll(
      /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm,
    );
    return [path, [...statements].map(([, from, lazy]) => posix.join(posix.dirname(path), from ?? lazy ?? ''))];
  }),
);

/**
 * File names that occur more than once outside of `test/`, each with the reason why the files are true twins. A schema in
 * `functions/http/openapi/schemas` has the name of the response that it describes, and needs no entry.
 */
const TWINS: Readonly<Record<string, string>> = {
  'city.ts': 'a city as the loader knows it, and `npm run city`',
  'cli.ts': 'the entry points of `npm run seed` and `npm run aws`',
  'client.ts': 'the client of OpenSearch, and the page’s client of the API',
  'docs.ts': '`npm run docs` and the route `/docs`',
  'document.ts': 'the documents of OpenSearch, and the document of OpenAPI',
  'engine.ts': 'the contract and its two implementations',
  'explanation.ts': 'an explanation, and how the page shows it',
  'highlight.ts': 'a highlight, and how the page shows it',
  'parameters.ts': 'the query parameters, and how OpenAPI describes them',
  'query.ts': 'a query, and how OpenSearch is asked it',
  'search-requests.ts': 'the requests of a search: of the engine to OpenSearch, and of the page to the API',
  'status.ts': 'the routes that tell whether the API is up, and `npm run status`',
  'suggest.ts': 'the suggestions of each engine, and their route',
  'wait-until-ready.ts': 'waiting for a cluster, and for a deployment',
};

describe('file names', () => {
  it('occur once, except twins', () => {
    const names = sources
      .filter((path) => !path.startsWith('functions/http/openapi/schemas/'))
      .map((path) => basename(path));
    const repeated = [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
    const unexplained = repeated.filter((name) => !Object.hasOwn(TWINS, name));
    const message = (name: string) =>
      `${name} is ${sources.filter((path) => basename(path) === name).join(' and ')}: rename one after what only it does, or add a reason to TWINS in this test`;
    expect(unexplained.map(message)).toEqual([]);
    const unique = Object.keys(TWINS).filter((name) => !repeated.includes(name));
    expect(unique.map((name) => `${name} occurs once: remove it from TWINS in this test`)).toEqual([]);
  });

  it('are not utils, common, index and the like', () => {
    expect(
      typescript.filter((path) => /(^|\/)(utils?|helpers?|common|shared|core|manager|misc|index)(\/|\.ts$)/.test(path)),
    ).toEqual([]);
  });
});

describe('imports', () => {
  it('form no circle', () => {
    const left = new Map(imports);
    for (let before = -1; before !== left.size; ) {
      before = left.size;
      for (const [path, needed] of left) if (!needed.some((one) => left.has(one))) left.delete(path);
    }
    // Each remaining file leads to a circle. To break it, move what both of its ends need to a file of its own.
    const circle: string[] = [];
    let [next] = left.keys();
    while (next !== undefined && !circle.includes(next)) {
      circle.push(next);
      next = left.get(next)?.find((one) => left.has(one));
    }
    expect(next === undefined ? [] : [...circle.slice(circle.indexOf(next)), next]).toEqual([]);
  });

  it('never name an entry point; every other file is imported', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const ofScripts =
      Object.values(scripts)
        .join(' ')
        .match(/\b(?:functions|infra|seed)\/[\w/-]+\.ts\b/g) ?? [];
    const entries = [
      ...Object.values(NODE_ENTRIES),
      ...ofScripts,
      'functions/load-worker.ts',
      'functions/pack-worker.ts',
      'functions/search-worker.ts',
      'functions/site/warm-up-index.ts', // The build runs it, and puts its result into a script.
      'web/bootstrap.ts',
      'web/local-api/local-api-worker.ts',
      'web/main.ts',
      'web/map/leaflet-modules.ts', // The bundler puts it in the place of `leaflet`.
      'web/service-worker.ts',
    ];
    const imported = new Set([...imports.values()].flat());
    expect(sources.filter((path) => !imported.has(path)).sort()).toEqual([...new Set<string>(entries)].sort());
  });

  it('exist', () => {
    const missing = [...imports].flatMap(([path, needed]) =>
      needed.filter((one) => !existsSync(one)).map((one) => `${path} imports ${one}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 250 lines, or a comment with the reason', () => {
    const long = typescript.filter((path) => {
      const text = read(path);
      return text.split('\n').length > 250 && !/\bOver 250 lines because\b/.test(text);
    });
    expect(long).toEqual([]);
  });

  // The settings have a default city, and so has the CloudFormation template.
  it('name no city outside of seed/cities', () => {
    const names = /san.?francisco|datasf|sfgov|sfdpw|\bDPW\b|\bBSM\b|jjew|rqzj|j2bu|vancouver|los.angeles|mission bay/i;
    const found = project
      .filter(
        (path) =>
          /^(functions|web|infra|seed)\//.test(path) &&
          !/^seed\/(cities|sample)\/|^seed\/find-city\.ts$|\.(md|png)$/.test(path),
      )
      .flatMap((path) =>
        read(path)
          .split('\n')
          .flatMap((line) => (names.test(line) ? [`${path}: ${line.trim()}`] : [])),
      );
    expect(found.filter((line) => !/\bdefault: '?san-francisco\b/i.test(line))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('lists every optional dependency, because npm ci refuses it otherwise', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const listed = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
    expect(optional.length).toBeGreaterThan(10);
    expect(optional.filter((name) => !listed.has(name))).toEqual([]);
  });
});
