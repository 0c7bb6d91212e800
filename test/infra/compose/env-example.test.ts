import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/config/config.ts';
import { SETTINGS } from '../../../functions/config/settings.ts';

const text = readFileSync('.env.example', 'utf8');
const lines = [...text.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
);
const given = new Map(lines);
/** Variables that docker-compose.yml reads, with the value that it takes without them. */
const compose = readFileSync('docker-compose.yml', 'utf8');
const interpolated = [...compose.matchAll(/\$\{([A-Z_]+):-([^$}]*)/g)].map(
  ([, name = '', otherwise = '']) => [name, otherwise] as const,
);
const passed = [...compose.matchAll(/^ {2,6}([A-Z][A-Z_]+):$/gm)].map(([, name = '']) => name);

describe('.env.example', () => {
  it('changes nothing as it is: every line is a comment, and names its variable once', () => {
    expect(text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([]);
    expect(given.size).toBe(lines.length);
  });

  it.each(Object.values(SETTINGS).map(({ env }) => env))('has the setting %s', (env) => {
    expect(given.has(env)).toBe(true);
  });

  it('has what docker-compose.yml reads, with the same defaults', () => {
    expect(interpolated.length).toBeGreaterThan(10);
    for (const [name, otherwise] of interpolated) {
      // A development server fetches nothing, and an alias is named after a city only when one is said.
      if (!['REFRESH', 'CITY'].includes(name)) expect([name, given.get(name)]).toEqual([name, otherwise]);
    }
    expect(passed.length).toBeGreaterThan(5);
    for (const name of passed) expect(given.has(name), name).toBe(true);
  });

  it('has nothing that nobody reads', () => {
    const settings: string[] = Object.values(SETTINGS).map(({ env }) => env);
    const known = new Set([...settings, ...interpolated.map(([name]) => name), ...passed]);
    const others = [...given.keys()].filter((name) => !known.has(name));
    // Those that compose itself reads.
    expect(others).toEqual(['COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES']);
  });

  it('shows the defaults of the settings that it leaves to the server', () => {
    const own = ['CITY', 'REFRESH', 'TILES_URL', 'TILES_ATTRIBUTION', 'OPENSEARCH_ALIAS', 'OPENSEARCH_TIMEOUT'];
    for (const { env, default: otherwise } of Object.values(SETTINGS)) {
      if (own.includes(env)) expect([env, given.get(env)]).toEqual([env, otherwise]);
    }
  });

  it('is taken by the server as it would be read', () => {
    expect(() => readConfig([], Object.fromEntries(given))).not.toThrow();
  });
});
