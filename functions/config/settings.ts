import { ENGINE_NAMES } from '../engine/engine.ts';
import { matchingText, oneOf, type ParsedValue, wholeNumber } from '../model/value-parsers.ts';
import { LIMIT_SETTINGS } from './limit-settings.ts';
import { OBSERVABILITY_SETTINGS } from './observability-settings.ts';
import type { Setting } from './setting.ts';
import { autoOr, cityNames, duration, escapedText, orOff, tileUrl } from './setting-parsers.ts';

/** All settings. Parsing, `--help` and README's table follow this table, so that a new setting is one entry. */
export const SETTINGS = {
  port: {
    group: 'server',
    flag: 'port',
    env: 'PORT',
    default: '8080',
    read: wholeNumber(0, 65_535),
    expects: 'a port number from 0 to 65535 (0: any free one)',
    help: 'Port to listen on; 0 picks a free one.',
  },
  host: {
    group: 'server',
    flag: 'host',
    env: 'HOST',
    default: '127.0.0.1',
    read: matchingText({ pattern: /^[\w.:-]+$/ }),
    expects: 'a host name or an IP address',
    help: 'Address to listen on; `0.0.0.0` accepts connections from other machines.',
  },
  cacheMb: {
    group: 'server',
    flag: 'cache-mb',
    env: 'CACHE_MB',
    default: '32',
    read: wholeNumber(0, 4096),
    expects: 'a whole number of megabytes from 0 to 4096',
    help: 'Memory for the answers of the current minute, in megabytes; 0 turns this cache off.',
  },
  threads: {
    group: 'server',
    flag: 'threads',
    env: 'THREADS',
    default: 'auto',
    read: autoOr(wholeNumber(0, 64)),
    expects: 'a whole number from 0 to 64, or auto',
    help: 'Threads that answer searches, next to the one that answers everything else. Each needs about 55 MB. With `auto`, one less than the cores, at most 4; with 0, or with OpenSearch, one thread does everything.',
  },
  ...LIMIT_SETTINGS,
  ...OBSERVABILITY_SETTINGS,
  cities: {
    group: 'data',
    flag: 'city',
    env: 'CITY',
    default: 'san-francisco',
    read: cityNames,
    expects:
      "names of files in seed/cities, or paths of cities' files such as ./my-city.json, each once and separated by commas",
    help: "City to serve: the name of a file in `seed/cities`, or the path of a city's file, such as `./my-city.json`. Several are separated by commas or have a flag each; the first is at `/`, the others are below `/<id>/`.",
  },
  dataDirectory: {
    group: 'data',
    flag: 'data-dir',
    env: 'DATA_DIR',
    default: 'data',
    read: matchingText(),
    expects: 'a path',
    help: 'Directory for downloads and releases; created when needed.',
  },
  refreshMs: {
    group: 'data',
    flag: 'refresh',
    env: 'REFRESH',
    default: '24h',
    read: orOff(duration('s', 'm', 'h', 'd')),
    expects: 'a number with s, m, h or d (90m, 24h, 7d), or off',
    help: "How often to reload the city's live data or the given tables. With `off`, it is never reloaded, and live data is never downloaded.",
  },
  appToken: {
    group: 'data',
    flag: 'app-token',
    env: 'SODA_APP_TOKEN',
    default: null,
    read: matchingText({ pattern: /^\S+$/ }),
    expects: 'a token without spaces',
    help: 'Application token of the open-data portal; without one, it allows fewer requests.',
  },
  tileUrl: {
    group: 'page',
    flag: 'tiles',
    env: 'TILES_URL',
    default: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
    read: orOff(tileUrl),
    expects: 'an http(s) URL with {z}, {x} and {y}, a URL or path that ends with .pmtiles, or off',
    help: "Map tiles: a URL with `{z}/{x}/{y}`, a PMTiles archive such as `/basemap/NAME.pmtiles` (`basemap/` in the data directory), or `off` for the city's outline only. The provider of the default allows light use.",
  },
  tileAttribution: {
    group: 'page',
    flag: 'tiles-attribution',
    env: 'TILES_ATTRIBUTION',
    default: '© OpenStreetMap contributors https://www.openstreetmap.org/copyright',
    read: escapedText,
    expects: 'a text with a link at its end',
    help: 'Attribution of the tiles, with a link at its end. `\\u00a9` means ©.',
  },
  reload: {
    group: 'development',
    flag: 'reload-origin',
    env: 'RELOAD_ORIGIN',
    default: null,
    read: matchingText({ pattern: /^https?:\/\/[\w.:-]+$/ }),
    expects: 'an origin such as http://127.0.0.1:8081',
    help: 'Origin that sends reload events to the page; set by `npm run dev`.',
  },
  engine: {
    group: 'engine',
    flag: 'engine',
    env: 'ENGINE',
    default: 'embedded',
    read: oneOf(ENGINE_NAMES),
    expects: ENGINE_NAMES.join(' or '),
    help: 'Search engine: `embedded` (in this process) or `opensearch`.',
  },
  waitMs: {
    group: 'engine',
    flag: 'wait',
    env: 'WAIT',
    default: '60s',
    read: orOff(duration('ms', 's', 'm')),
    expects: 'a number with ms, s or m (60s, 2m), or off',
    help: 'How long to wait for OpenSearch at the start. With `off`, the server starts at once on its embedded copy and leaves filling the cluster to `npm run seed`.',
  },
  opensearchUrl: {
    group: 'opensearch',
    flag: 'opensearch-url',
    env: 'OPENSEARCH_URL',
    default: null,
    read: matchingText({ pattern: /^https?:\/\/[^\s/]+\/?$/ }),
    expects: 'an http(s) URL without a path',
    help: 'URL of the cluster; required.',
  },
  opensearchAlias: {
    group: 'opensearch',
    flag: 'opensearch-alias',
    env: 'OPENSEARCH_ALIAS',
    default: 'curbside',
    read: matchingText({ pattern: /^(?!.*\*.*\*)[a-z0-9][a-z0-9_*-]{0,60}$/ }),
    expects: 'lower-case letters, digits, - and _, and at most one *',
    help: "Alias of the current release; the names of its indices start with it. `*` is the city's id; without it, only later cities have their id in theirs.",
  },
  opensearchAuth: {
    group: 'opensearch',
    flag: 'opensearch-auth',
    env: 'OPENSEARCH_AUTH',
    default: null,
    read: oneOf(['none', 'basic', 'sigv4'] as const),
    expects: 'none, basic or sigv4',
    help: 'How to sign in: `none`, `basic` (the default when a user is given), or `sigv4` for OpenSearch Service on AWS.',
  },
  opensearchUsername: {
    group: 'opensearch',
    flag: 'opensearch-username',
    env: 'OPENSEARCH_USERNAME',
    default: null,
    read: matchingText(),
    expects: 'a name',
    help: 'User for `basic`.',
  },
  opensearchPassword: {
    group: 'opensearch',
    flag: 'opensearch-password',
    env: 'OPENSEARCH_PASSWORD',
    default: null,
    read: matchingText(),
    expects: 'a password',
    help: 'Password for `basic`. Prefer the variable: other users of the machine can read a command line.',
  },
  opensearchCa: {
    group: 'opensearch',
    flag: 'opensearch-ca',
    env: 'OPENSEARCH_CA',
    default: null,
    read: matchingText(),
    expects: 'a path',
    help: 'CA certificate (a PEM file) to trust in addition to the well-known ones.',
  },
  opensearchTimeoutMs: {
    group: 'opensearch',
    flag: 'opensearch-timeout',
    env: 'OPENSEARCH_TIMEOUT',
    default: '5s',
    read: duration('ms', 's', 'm'),
    expects: 'a number with ms, s or m (800ms, 5s)',
    help: 'Timeout of a request to the cluster.',
  },
  opensearchBudgetMs: {
    group: 'opensearch',
    flag: 'opensearch-budget',
    env: 'OPENSEARCH_BUDGET',
    default: '8s',
    read: duration('ms', 's', 'm'),
    expects: 'a number with ms, s or m (800ms, 8s)',
    help: 'Time for all requests to the cluster that one answer needs. After it, the embedded copy answers, or the answer is a 503.',
  },
  awsRegion: {
    group: 'opensearch',
    flag: 'aws-region',
    env: 'AWS_REGION',
    default: null,
    read: matchingText({ pattern: /^[a-z0-9-]+$/ }),
    expects: 'a region such as us-west-2',
    help: 'AWS region of the cluster, for `sigv4`.',
  },
} as const satisfies Record<string, Setting<unknown>>;

/** The repeatable setting, whose variables have the names of the city's tables. */
export const SOURCE_SETTING = {
  group: 'data',
  flag: 'source NAME=PATH_OR_URL',
  env: 'SOURCE_<NAME>',
  default: null,
  help: "Table to load instead of the live data; repeatable. NAME is one of the city file's tables, such as `permits` or `schedule`.",
} as const;

type Key = keyof typeof SETTINGS;

/** The parsed values by key. */
export type SettingValues = {
  readonly [K in Key]: (typeof SETTINGS)[K]['default'] extends null
    ? ParsedValue<(typeof SETTINGS)[K]['read']> | null
    : ParsedValue<(typeof SETTINGS)[K]['read']>;
};

/** The settings that only the cluster's client gets. */
export type ClusterKey = { [K in Key]: (typeof SETTINGS)[K]['group'] extends 'opensearch' ? K : never }[Key];
