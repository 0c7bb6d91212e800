import { parseArgs } from 'node:util';
import { type Aws, readAws } from '../aws/environment.ts';
import type { ClusterSettings } from '../engine/opensearch/client.ts';
import { setProcessZone } from '../model/hours/clock.ts';
import type { Tiles } from '../model/tile-url.ts';
import { clusterSettings } from './cluster-settings.ts';
import type { Setting } from './setting.ts';
import { type ClusterKey, SETTINGS, type SettingValues } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The checked settings of a process. */
export type Config = Omit<SettingValues, ClusterKey | 'tileUrl' | 'tileAttribution'> & {
  /** The cluster that searches; `null` with another engine. */
  readonly cluster: ClusterSettings | null;
  /** Name of a source to the path or URL given for it. */
  readonly sources: ReadonlyMap<string, string>;
  readonly tiles: Tiles | null;
  /** Whether `--tiles` or its variable says which tiles. */
  readonly areTilesSet: boolean;
  readonly downloadsDirectory: string;
  readonly help: boolean;
  /** Values of the command's own flags. */
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  /** Arguments that are not flags; empty unless the command takes some. */
  readonly positionals: readonly string[];
};

/** A setting is unusable. The message is for the operator: one line for each fault, with the value that was given. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Flags of one command in addition to the settings, in the form of `parseArgs`. */
export type ExtraFlags = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>>;

/** What a command accepts in addition to the settings. */
export type CommandLine = { readonly flags?: ExtraFlags; readonly allowPositionals?: boolean };

/**
 * Reads the settings from a command line (without the program's name) and an environment. An empty variable counts as not set.
 * @throws ConfigError
 */
export function readConfig(argv: readonly string[], env: Environment, extra: ExtraFlags = {}): Config {
  return readCommandLine(argv, env, { flags: extra });
}

/** {@link readConfig} for a command that may take arguments. @throws ConfigError */
export function readCommandLine(
  argv: readonly string[],
  env: Environment,
  { flags: extra = {}, allowPositionals = false }: CommandLine,
): Config {
  const faults: string[] = [];
  const { flags, positionals } = parseFlags(argv, extra, allowPositionals);
  const values = parseSettings(flags, env, faults);
  const sources = parseSources([flags.source ?? []].flat().map(String), env, faults);
  // Missing settings of the cluster are reported only when no setting is wrong.
  const cluster = values.engine === 'opensearch' && faults.length === 0 ? clusterSettings(values, env, faults) : null;
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  const { tileUrl, tileAttribution, ...rest } = withoutCluster(values);
  return Object.freeze({
    ...rest,
    cluster,
    sources,
    downloadsDirectory: `${rest.dataDirectory}/downloads`,
    areTilesSet: flags.tiles !== undefined || Boolean(env.TILES_URL),
    tiles: tileUrl === null ? null : { url: tileUrl, maxZoom: 19, ...parseAttribution(tileAttribution) },
    help: flags.help === true,
    flags: Object.fromEntries(Object.keys(extra).map((name) => [name, flags[name]])) as Config['flags'],
    positionals,
  });
}

/** The base layer of a city's map: as set, else as its file says (`undefined`: it does not), else the default. */
export function tilesOf({ tiles, areTilesSet }: Config, ofCity: Tiles | null | undefined): Tiles | null {
  return areTilesSet || ofCity === undefined ? tiles : ofCity;
}

/**
 * The alias of a city's release in a cluster.
 * @param alias as set; a `*` in it is the city's id
 * @param isFirst without a `*`, the first of several cities has the alias of a single one
 */
export function aliasOf(alias: string, cityId: string, isFirst: boolean): string {
  if (alias.includes('*')) return alias.replace('*', cityId);
  return isFirst ? alias : `${alias}-${cityId}`;
}

/** The directory of a city's releases. */
export function releasesDirectoryOf({ dataDirectory }: Pick<Config, 'dataDirectory'>, cityId: string): string {
  return `${dataDirectory}/releases/${cityId}`;
}

/** The city of a command that handles one at a time. @throws ConfigError if several are given */
export function onlyCityOf({ cities }: Pick<Config, 'cities'>): string {
  const [first, ...others] = cities;
  if (others.length === 0) return first;
  throw new ConfigError(`this needs one city, and --city or CITY names ${cities.length}: ${cities.join(', ')}`);
}

/** The settings of this process from its command line and its environment. @throws ConfigError */
export function loadConfig(extra: ExtraFlags = {}): Config {
  return readConfig(process.argv.slice(2), process.env, extra);
}

/** {@link loadConfig} for a command that takes arguments. @throws ConfigError */
export function loadCommandLine(extra: ExtraFlags): Config {
  return readCommandLine(process.argv.slice(2), process.env, { flags: extra, allowPositionals: true });
}

/** The settings of a Lambda function from its environment; its command line belongs to the runtime. @throws ConfigError */
export function loadEnvironment(): Config {
  return readConfig([], process.env);
}

/** What AWS tells a Lambda function about itself. @throws Error that names a missing variable */
export function loadAws(): Aws {
  return readAws(process.env);
}

/** Sets the time zone of this process, for a Lambda function: that of its first city. The log stays in UTC. */
export function runByClockOf(zone: string): void {
  process.env.TZ = zone;
  setProcessZone(zone);
}

type Flags = Readonly<Record<string, string | boolean | string[] | undefined>>;

function parseFlags(
  argv: readonly string[],
  extra: ExtraFlags,
  allowPositionals: boolean,
): { flags: Flags; positionals: readonly string[] } {
  const options = Object.fromEntries(Object.values(SETTINGS).map(({ flag }) => [flag, { type: 'string' } as const]));
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals,
      options: {
        ...options,
        ...extra,
        city: { type: 'string', multiple: true },
        source: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const flags = values as Flags;
    return { flags: { ...flags, ...(Array.isArray(flags.city) ? { city: flags.city.join(',') } : {}) }, positionals };
  } catch (error) {
    // The first sentence of parseArgs says what is wrong, the next one how to escape dashes.
    const [sentence] = (error as Error).message.split('. ');
    throw new ConfigError(`${sentence}. See --help`);
  }
}

function parseSettings(flags: Flags, env: Environment, faults: string[]): SettingValues {
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(SETTINGS) as [string, Setting<unknown>][]) {
    const flag = flags[setting.flag];
    const [given, name] =
      typeof flag === 'string' ? [flag, `--${setting.flag}`] : [env[setting.env] || null, setting.env];
    const text = given ?? setting.default;
    const value = text === null ? null : setting.read(text);
    if (value === undefined) faults.push(`${name} must be ${setting.expects}, got "${withoutUser(text ?? '')}"`);
    values[key] = value ?? null;
  }
  return values as SettingValues;
}

function withoutCluster(values: SettingValues): Omit<SettingValues, ClusterKey> {
  const settings: Readonly<Record<string, Setting<unknown>>> = SETTINGS;
  const others = Object.entries(values).filter(([key]) => settings[key]?.group !== 'opensearch');
  return Object.fromEntries(others) as Omit<SettingValues, ClusterKey>;
}

/** Hides the user and password of a URL, which must not be printed. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}

function parseSources(given: readonly string[], env: Environment, faults: string[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('SOURCE_') && value) sources.set(name.slice('SOURCE_'.length).toLowerCase(), value);
  }
  for (const text of given) {
    const [, name, from] = /^([a-z_]+)=(.+)$/.exec(text) ?? [];
    if (name && from) sources.set(name, from);
    else
      faults.push(
        `--source must be NAME=PATH_OR_URL, such as permits=permits.csv, got "${withoutUser(text).replace(/\?.*/s, '?…')}"`,
      );
  }
  return sources;
}

/** Splits the link off the end of an attribution. */
function parseAttribution(text: string): { attribution: string; attributionUrl: string } {
  const [url] = /https?:\/\/\S+$/.exec(text) ?? [''];
  return { attribution: text.slice(0, text.length - url.length).trim(), attributionUrl: url };
}
