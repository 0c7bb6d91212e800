import { parseArgs } from 'node:util';
import { type Aws, readAws } from '../aws/environment.ts';
import { ENGINE_NAMES } from '../engine/engine.ts';
import type { ClusterSettings } from '../engine/opensearch/client.ts';
import type { Tiles } from '../http/middleware/headers.ts';
import { setProcessZone } from '../model/hours/clock.ts';
import { tileUrlOf } from '../model/tile-url.ts';
import { matchingText, oneOf, type ParsedValue, type ValueParser, wholeNumber } from '../model/value-parsers.ts';
import { CLUSTER_SETTINGS, type ClusterValues, clusterSettings, withoutUser } from './cluster-settings.ts';

/** One setting: a flag on the command line and an environment variable; the flag wins. */
type Setting<Value> = {
  readonly flag: string;
  readonly env: string;
  /** As a caller would write it; `null`: none. */
  readonly default: string | null;
  readonly read: ValueParser<Value>;
  /** Completes the sentence "must be …". */
  readonly expects: string;
  readonly help: string;
};

const HOUR = 3_600_000;
const UNITS: Record<string, number> = { s: HOUR / 3600, m: HOUR / 60, h: HOUR, d: 24 * HOUR };

const duration: ValueParser<number | null> = (text) => {
  if (text === 'off') return null;
  return /^[1-9]\d{0,3}[smhd]$/.test(text) ? Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? HOUR) : undefined;
};
const TILE_URL = /^(off|https?:\/\/\S+\{z\}\S*|pmtiles:\/\/(https?:\/\/|\/)\S+|(https?:\/\/|\/)\S+\.pmtiles(\?\S*)?)$/;
const tileUrl: ValueParser<string | null> = (text) => {
  if (!TILE_URL.test(text)) return undefined;
  return text === 'off' ? null : tileUrlOf(text);
};

/**
 * Every setting there is. README's table, `--help` and the environment are read from here.
 * Over 250 lines because the table stands beside its reader, so that a new setting is one entry.
 */
export const SETTINGS = {
  port: {
    flag: 'port',
    env: 'PORT',
    default: '8080',
    read: wholeNumber(0, 65_535),
    expects: 'a port number from 0 to 65535 (0: any free one)',
    help: 'Port to listen on; 0 takes any free one.',
  },
  host: {
    flag: 'host',
    env: 'HOST',
    default: '127.0.0.1',
    read: matchingText({ pattern: /^[\w.:-]+$/ }),
    expects: 'a host name or an IP address',
    help: 'Address to listen on. `0.0.0.0` opens it to the network.',
  },
  engine: {
    flag: 'engine',
    env: 'ENGINE',
    default: 'embedded',
    read: oneOf(ENGINE_NAMES),
    expects: ENGINE_NAMES.join(' or '),
    help: 'What searches: `embedded` (in this process) or `opensearch`.',
  },
  city: {
    flag: 'city',
    env: 'CITY',
    default: 'san-francisco',
    read: matchingText({ pattern: /^[a-z-]+$/ }),
    expects: 'the name of a file in seed/cities',
    help: 'Which city: a file of `seed/cities`.',
  },
  dataDirectory: {
    flag: 'data-dir',
    env: 'DATA_DIR',
    default: 'data',
    read: matchingText(),
    expects: 'a path',
    help: 'Directory for what was fetched and for the releases made of it; made when needed.',
  },
  refreshMs: {
    flag: 'refresh',
    env: 'REFRESH',
    default: '24h',
    read: duration,
    expects: 'a number with s, m, h or d (90m, 24h, 7d), or off',
    help: "How often the city's live data, or the given sources, are read again; `off`: never, and no network is used for live data.",
  },
  cacheMb: {
    flag: 'cache-mb',
    env: 'CACHE_MB',
    default: '32',
    read: wholeNumber(0, 4096),
    expects: 'a whole number of megabytes from 0 to 4096',
    help: 'Memory for answers that are given again within their minute, in megabytes; 0: every search is made anew.',
  },
  appToken: {
    flag: 'app-token',
    env: 'SODA_APP_TOKEN',
    default: null,
    read: matchingText({ pattern: /^\S+$/ }),
    expects: 'a token without blanks',
    help: 'Application token of the open-data portal; without one it answers fewer requests.',
  },
  tileUrl: {
    flag: 'tiles',
    env: 'TILES_URL',
    default: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
    read: tileUrl,
    expects: 'an http(s) URL with {z}, {x} and {y}, a URL or path that ends with .pmtiles, or off',
    help: "Tiles under the map: pictures by `{z}/{x}/{y}`, or a PMTiles archive (`/basemap/NAME.pmtiles`: `basemap/` in the data directory). The default is for light use under its provider's tile policy; `off`: only the outline.",
  },
  tileAttribution: {
    flag: 'tiles-attribution',
    env: 'TILES_ATTRIBUTION',
    default: '© OpenStreetMap contributors https://www.openstreetmap.org/copyright',
    read: matchingText(),
    expects: 'a text, with a link at its end',
    help: 'Who made the tiles, and a link.',
  },
  reload: {
    flag: 'reload-origin',
    env: 'RELOAD_ORIGIN',
    default: null,
    read: matchingText({ pattern: /^https?:\/\/[\w.:-]+$/ }),
    expects: 'an origin such as http://127.0.0.1:8081',
    help: 'Set by `npm run dev`: where the page hears that it changed.',
  },
  ...CLUSTER_SETTINGS,
} as const satisfies Record<string, Setting<unknown>>;

type Key = keyof typeof SETTINGS;
type Values = {
  [K in Key]: (typeof SETTINGS)[K]['default'] extends null
    ? ParsedValue<(typeof SETTINGS)[K]['read']> | null
    : ParsedValue<(typeof SETTINGS)[K]['read']>;
};

type Rest = Omit<Values, 'tileUrl' | 'tileAttribution' | keyof ClusterValues>;

/** The settings of a process, checked. */
export type Config = Rest & {
  /** The cluster that searches; `null` with another engine. */
  readonly cluster: ClusterSettings | null;
  /** Name of a source to the path or URL given for it. */
  readonly sources: ReadonlyMap<string, string>;
  readonly tiles: Tiles | null;
  /** Where the city's releases go, and what was downloaded for them. */
  readonly releasesDirectory: string;
  readonly downloadsDirectory: string;
  readonly help: boolean;
  /** What a command's own flags were given. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
};

/** A setting is not usable. The message names every bad one and what it got; it is meant for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Flags of one command beyond the settings, as `parseArgs` takes them. */
export type ExtraFlags = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/**
 * Reads the settings from a command line (without the program's name) and an environment. An empty variable counts
 * as not set. @throws ConfigError
 */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  extra: ExtraFlags = {},
): Config {
  const faults: string[] = [];
  const flags = readFlags(argv, extra);
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(SETTINGS) as [Key, Setting<unknown>][]) {
    const flag = flags[setting.flag];
    const [said, as] = typeof flag === 'string' ? [flag, `--${setting.flag}`] : [env[setting.env] || null, setting.env];
    const text = said ?? setting.default;
    const value = text === null ? null : setting.read(text);
    if (value === undefined) faults.push(`${as} must be ${setting.expects}, got "${withoutUser(text ?? '')}"`);
    values[key] = value ?? null;
  }
  const sources = readSources([flags.source ?? []].flat().map(String), env, faults);
  const { tileUrl, tileAttribution, ...all } = values as unknown as Values;
  const { cluster, rest } = clusterSettings(all, env, faults);
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return Object.freeze({
    ...rest,
    cluster,
    sources,
    releasesDirectory: `${rest.dataDirectory}/releases/${rest.city}`,
    downloadsDirectory: `${rest.dataDirectory}/downloads`,
    tiles: tileUrl === null ? null : { url: tileUrl, maxZoom: 19, ...attribution(tileAttribution) },
    help: flags.help === true,
    flags: Object.fromEntries(Object.keys(extra).map((name) => [name, flags[name]])) as Config['flags'],
  });
}

/** The settings of this process from its command line and its environment. @throws ConfigError */
export function loadConfig(extra: ExtraFlags = {}): Config {
  return readConfig(process.argv.slice(2), process.env, extra);
}

/** The settings of a function: it has an environment, and a command line that is its runtime's. @throws ConfigError */
export function loadEnvironment(): Config {
  return readConfig([], process.env);
}

/** What AWS tells a function of itself. @throws Error naming what is missing */
export function loadAws(): Aws {
  return readAws(process.env);
}

/** Runs this process by the clocks of a zone: for a function, which answers for one city. Its log stays in UTC. */
export function runByClockOf(zone: string): void {
  process.env.TZ = zone;
  setProcessZone(zone);
}

function readFlags(argv: readonly string[], extra: ExtraFlags) {
  const options = Object.fromEntries(Object.values(SETTINGS).map(({ flag }) => [flag, { type: 'string' } as const]));
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        ...options,
        ...extra,
        source: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values as Record<string, string | boolean | string[] | undefined>;
  } catch (error) {
    // parseArgs says what is wrong in its first sentence and how to escape dashes in the next.
    const [sentence] = (error as Error).message.split('. ');
    throw new ConfigError(`${sentence}. See --help`);
  }
}

function readSources(given: string[], env: Readonly<Record<string, string | undefined>>, faults: string[]) {
  const sources = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('SOURCE_') && value) sources.set(name.slice('SOURCE_'.length).toLowerCase(), value);
  }
  for (const text of given) {
    const [, name, from] = /^([a-z_]+)=(.+)$/.exec(text) ?? [];
    if (name && from) sources.set(name, from);
    else faults.push(`--source must be NAME=PATH_OR_URL, such as permits=permits.csv, got "${text}"`);
  }
  return sources;
}

function attribution(text: string): { attribution: string; attributionUrl: string } {
  const [url] = /https?:\/\/\S+$/.exec(text) ?? [''];
  return { attribution: text.slice(0, text.length - url.length).trim(), attributionUrl: url };
}

/** README's table of settings, and what `--help` prints. */
export function settingsTable(): string {
  const rows = Object.values(SETTINGS).map(
    ({ flag, env, default: value, help }) =>
      `| \`--${flag}\` | \`${env}\` | ${value === null ? '' : `\`${value}\``} | ${help} |`,
  );
  return [
    '| flag | environment | default | what it does |',
    '|---|---|---|---|',
    ...rows,
    '| `--source NAME=PATH_OR_URL` | `SOURCE_PERMITS`, `SOURCE_SCHEDULE`, … | | Data to use instead of the live data; repeatable. The names are those of the city file. |',
  ].join('\n');
}
