import { describe, expect, it } from 'vitest';
import { aliasOf, ConfigError, readConfig } from '../../../functions/config/config.ts';
import { SETTINGS } from '../../../functions/config/settings.ts';

function fault(argv: string[], env: Record<string, string> = {}): string {
  try {
    readConfig(argv, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error(`no fault in ${argv.join(' ')}`);
}

describe('settings', () => {
  it('are all optional', () => {
    const config = readConfig([], {});
    expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', engine: 'embedded', refreshMs: 86_400_000 });
    expect(config.tiles).toMatchObject({
      attribution: '© OpenStreetMap contributors',
      attributionUrl: 'https://www.openstreetmap.org/copyright',
    });
  });

  it('prefer the flag to the variable, and ignore an empty variable', () => {
    expect(readConfig(['--port', '81'], { PORT: '82' }).port).toBe(81);
    expect(readConfig([], { PORT: '82' }).port).toBe(82);
    expect(readConfig([], { PORT: '' }).port).toBe(8080);
    expect(readConfig(['--tiles=off'], {}).tiles).toBeNull();
  });

  it.each([
    ['https://t.example/{z}/{x}/{y}.png', 'https://t.example/{z}/{x}/{y}.png'],
    ['/basemap/city.pmtiles', 'pmtiles:///basemap/city.pmtiles'],
    ['https://t.example/city.pmtiles?v=2', 'pmtiles://https://t.example/city.pmtiles?v=2'],
    ['pmtiles://https://t.example/city', 'pmtiles://https://t.example/city'],
  ])('accept the tiles of a tile server or an archive: %s', (given, url) => {
    expect(readConfig(['--tiles', given], {}).tiles?.url).toBe(url);
  });

  it.each([
    'city.pmtiles',
    'https://t.example/tiles',
    'pmtiles://city',
    'ftp://t.example/city.pmtiles',
    '/a b.pmtiles',
  ])('reject other tiles: %s', (given) => {
    expect(fault(['--tiles', given])).toContain('--tiles must be an http(s) URL with {z}, {x} and {y}, a URL or path');
  });

  it('read sources from flags and from the environment', () => {
    const { sources } = readConfig(['--source', 'permits=a=b.csv'], {
      SOURCE_PERMITS: 'x.csv',
      SOURCE_SCHEDULE: 'y.csv',
    });
    expect(Object.fromEntries(sources)).toEqual({ permits: 'a=b.csv', schedule: 'y.csv' });
  });

  it.each([
    [['--port', '70000'], '--port must be a port number from 0 to 65535 (0: any free one), got "70000"'],
    [['--engine', 'solr'], '--engine must be embedded or opensearch, got "solr"'],
    [['--refresh', 'daily'], '--refresh must be a number with s, m, h or d (90m, 24h, 7d), or off, got "daily"'],
    [['--source', 'permits.csv'], '--source must be NAME=PATH_OR_URL, such as permits=permits.csv, got "permits.csv"'],
    [['--prot', '81'], "Unknown option '--prot'. See --help"],
    [['tacos'], "Unexpected argument 'tacos'. See --help"],
  ])('reject %j with one sentence', (argv, sentence) => {
    expect(fault(argv)).toContain(sentence);
  });

  it.each([
    ['curbside', true, 'curbside'],
    ['curbside', false, 'curbside-beta'],
    ['curbside-*', true, 'curbside-beta'],
    ['curbside-*', false, 'curbside-beta'],
    ['food-*-v2', false, 'food-beta-v2'],
  ])('name the alias of a city: %s', (alias, isFirst, expected) => {
    const { cluster } = readConfig(['--engine', 'opensearch', '--opensearch-alias', alias], {
      OPENSEARCH_URL: 'http://127.0.0.1:9200',
    });
    expect(aliasOf(cluster?.alias ?? '', 'beta', isFirst)).toBe(expected);
  });

  it.each(['*', 'a-*-*', 'Curbside', 'a,b'])('reject the alias %s', (alias) => {
    expect(fault(['--opensearch-alias', alias])).toContain('--opensearch-alias must be lower-case letters');
  });

  it('report all faults at once, each under the name of its flag or variable', () => {
    const message = fault(['--port', 'x', '--tiles', 'ftp://a'], { ENGINE: 'solr' });
    for (const name of ['--port', '--tiles', 'ENGINE']) expect(message).toContain(`${name} must be`);
  });

  it('have a unique flag and a unique variable each', () => {
    const rows = Object.values(SETTINGS);
    expect(new Set(rows.map(({ flag }) => flag)).size).toBe(rows.length);
    expect(new Set(rows.map(({ env }) => env)).size).toBe(rows.length);
  });
});

describe('the size of the response cache', () => {
  it.each([
    ['0', 0],
    ['64', 64],
    ['', 32],
  ])('%j is %s megabytes', (text, megabytes) => {
    expect(readConfig([], { CACHE_MB: text }).cacheMb).toBe(megabytes);
  });

  it.each(['-1', '4097', '1.5', 'off'])('rejects %s', (text) => {
    expect(() => readConfig([`--cache-mb=${text}`], {})).toThrow(
      `--cache-mb must be a whole number of megabytes from 0 to 4096, got "${text}"`,
    );
  });
});
