import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { checkupCity, checkupText } from '../../seed/city-checkup.ts';
import { cityIds } from '../../seed/find-city.ts';
import { placeFile } from '../../seed/proposal/file-place.ts';
import { runTrial } from '../../seed/proposal/trial.ts';
import type { SourceOptions } from '../../seed/source/read-source.ts';
import { type Config, ConfigError, loadCommandLine } from '../config/config.ts';
import { terminalText } from '../model/text/unsafe-characters.ts';
import { type CommandOutput, runCommand } from './run-command.ts';

const HELP = `Makes a city's file from a table, and checks such files.

Usage: npm run city -- try FILE_OR_URL [options]
       npm run city -- check [FILE_OR_NAME …]

try reads the table (CSV, JSON, GeoJSON, JSON lines), or the one that a page of an open-data portal
shows (Socrata, ArcGIS, CKAN, Opendatasoft): paste its address from the browser. It proposes which
column is what, asks about guesses, reports on every row, writes the city's file, and shows the map.
  --yes                      Ask nothing: take every proposal. The file's notes list the guesses
  --with FILE_OR_URL         A second table: of hours (a row for each weekday), or of places (with coordinates)
                             if the first has none. It is joined by the columns whose values meet. Repeatable
  --places FILE_OR_URL       The same for a table of places, whatever its other columns are
  --name NAME                What the city or the list is called
  --out FILE                 The file to write. Default: the name in the current directory
  --force                    Replace the file if it exists
  --no-serve                 Do not show the map
  --port PORT                Port of the map. Default: 8080

check reads files of cities (default: the built-in ones) and all of their sources, and fails if a file
has faults, a source cannot be read, or a column that the file names is gone.

  --data-dir DIR             Directory for downloads and releases
  --app-token TOKEN          Application token for the open-data portal
  --help                     Print this help`;

const FLAGS = {
  yes: { type: 'boolean' },
  name: { type: 'string' },
  with: { type: 'string', multiple: true },
  places: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
  'no-serve': { type: 'boolean' },
} as const;

await runCommand((output) => run(loadCommandLine(FLAGS), output));

async function run(config: Config, { progress, say }: CommandOutput): Promise<void> {
  const [verb, ...names] = config.positionals;
  if (config.help || verb === undefined) return say(HELP);
  const source = {
    cacheDirectory: config.downloadsDirectory,
    appToken: config.appToken ?? undefined,
    progress: progress.update,
  };
  if (verb === 'check') {
    const checked = [];
    for (const name of names.length > 0 ? names : cityIds()) checked.push(await checkupCity(name, source));
    say(checkupText(checked));
    process.exitCode = checked.every(({ faults }) => faults.length === 0) ? 0 : 1;
    return;
  }
  const [from, ...others] = names;
  if (verb !== 'try') throw new ConfigError(`there is no "${verb}": there are try and check. See --help`);
  if (from === undefined) throw new ConfigError('try needs a file or an address: npm run city -- try vendors.csv');
  if (others.length > 0)
    throw new ConfigError(
      `try takes one table, got ${names.length}: put quotes around an address, and give a second table with --with`,
    );
  await tryOut(from, config, source, say);
}

async function tryOut(
  from: string,
  { flags, port, dataDirectory }: Config,
  source: SourceOptions,
  say: CommandOutput['say'],
) {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const terminal = isTerminal && !flags.yes ? createInterface(process.stdin, process.stdout) : null;
  const ask =
    terminal &&
    ((question: string, proposed: string) =>
      terminal.question(`${terminalText(question)}\n  [${terminalText(proposed)}] `));
  const text = (flag: string) => (typeof flags[flag] === 'string' ? String(flags[flag]) : undefined);
  const trial = await runTrial(from, {
    name: text('name'),
    places: text('places'),
    others: [flags.with ?? []].flat().map(String),
    placeOf: (id, rows) => placeFile(text('out'), id, rows, flags.force === true),
    source,
    now: new Date().toISOString(),
    say,
    ask,
  }).finally(() => terminal?.close());
  if (!ask && !flags.yes) {
    say(trial.unwritten);
    process.exitCode = 1;
    return;
  }
  await writeFile(trial.path, trial.text);
  say(trial.written);
  if (flags['no-serve']) return;
  const server = fileURLToPath(new URL('./server.js', import.meta.url));
  const args = [
    '--enable-source-maps',
    server,
    '--city',
    trial.cityPath,
    '--port',
    String(port),
    '--data-dir',
    dataDirectory,
  ];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both processes: this one ends after the server.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? 0)));
}
