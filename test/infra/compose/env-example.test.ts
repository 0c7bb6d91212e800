import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/config/config.ts';
import { SETTINGS } from '../../../functions/config/settings.ts';

const text = readFileSync('.env.example', 'utf8');
const lines = [...text.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
);
const variables = new Map(lines);
/** Variables that docker-compose.yml reads, with their defaults. */
const compose = readFileSync('docker-compose.yml', 'utf8');
const interpolated = [...compose.matchAll(/\$\{([A-Z_]+):-([^$}]*)/g)].map(
  ([, name = '', fallback = '']) => [name, fallback] as const,
);
const passed = [...compose.matchAll(/^ {2,6}([A-Z][A-Z_]+):$/gm)].map(([, name = '']) => name);

describe('.env.example', () => {
  it('changes nothing by default: every line is a comment, and names its variable once', () => {
    expect(text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([]);
    expect(variables.size).toBe(lines.length);
  });

  it.each(Object.values(SETTINGS).map(({ env }) => env))('has the setting %s', (env) => {
    expect(variables.has(env)).toBe(true);
  });

  it('has every variable of docker-compose.yml, with the same default', () => {
    expect(interpolated.length).toBeGreaterThan(10);
    for (const [name, fallback] of interpolated) {
      // The development server has another default for REFRESH.
      if (name !== 'REFRESH') expect([name, variables.get(name)]).toEqual([name, fallback]);
    }
    expect(passed.length).toBeGreaterThan(5);
    for (const name of passed) expect(variables.has(name), name).toBe(true);
  });

  it('has no unused variable', () => {
    const settings: string[] = Object.values(SETTINGS).map(({ env }) => env);
    const known = new Set([...settings, ...interpolated.map(([name]) => name), ...passed]);
    const others = [...variables.keys()].filter((name) => !known.has(name));
    // Docker Compose itself reads these.
    expect(others).toEqual(['COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES']);
  });

  it('shows the defaults of settings that the server applies', () => {
    const own = ['CITY', 'REFRESH', 'TILES_URL', 'TILES_ATTRIBUTION', 'OPENSEARCH_TIMEOUT'];
    for (const { env, default: fallback } of Object.values(SETTINGS)) {
      if (own.includes(env)) expect([env, variables.get(env)]).toEqual([env, fallback]);
    }
  });

  it('has values that the server accepts', () => {
    expect(() => readConfig([], Object.fromEntries(variables))).not.toThrow();
  });
});
