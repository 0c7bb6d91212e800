import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from '../median.ts';

/** A function's first response, timed from the import of its module; `fromStartMs` from the start of its process. */
type ColdStart = {
  readonly readyMs: number;
  readonly answeredMs: number;
  readonly cpuMs: number;
  readonly fromStartMs: number;
  readonly memoryMb: number;
  readonly kb: number;
};

const ROUNDS = 11;
const EVENT = {
  version: '2.0',
  rawPath: '/search',
  rawQueryString: 'q=tacos',
  headers: { host: 'example' },
  requestContext: {
    http: { method: 'GET', path: '/search', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
  },
  isBase64Encoded: false,
};

/** Runs handlers in turn, each in new processes of a Node. */
function measureColdStarts(node: string, files: Readonly<Record<string, string>>): Record<string, ColdStart> {
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-cold-'));
  const script = join(directory, 'cold.mjs');
  writeFileSync(
    script,
    `const start = performance.now();
const before = process.cpuUsage();
const { handler } = await import(process.argv[2]);
const ready = performance.now();
const { statusCode } = await handler(${JSON.stringify(EVENT)}, {});
if (statusCode !== 200) throw new Error('status ' + statusCode);
const answered = performance.now();
const { user, system } = process.cpuUsage(before);
console.log('COLD ' + JSON.stringify([ready - start, answered - start, answered, process.memoryUsage().rss / 1e6, (user + system) / 1000]));
process.exit(0);`,
  );
  const rounds: Record<string, number[][]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, file] of Object.entries(files)) {
      const { stdout, stderr } = spawnSync(node, [script, pathToFileURL(file).href], { encoding: 'utf8' });
      const [, times] = /COLD (.*)/.exec(stdout) ?? [];
      if (!times) throw new Error(`${file} did not respond: ${stderr}`);
      rounds[name] = [...(rounds[name] ?? []), JSON.parse(times)];
    }
  }
  rmSync(directory, { recursive: true });
  return Object.fromEntries(
    Object.entries(rounds).map(([name, all]) => {
      const [readyMs, answeredMs, fromStartMs, memoryMb, cpuMs] = [0, 1, 2, 3, 4].map((at) =>
        median(all.map((one) => one[at] as number)),
      );
      const kb = bytesAtStart(files[name] as string) / 1000;
      return [name, { readyMs, answeredMs, cpuMs, fromStartMs, memoryMb, kb } as ColdStart];
    }),
  );
}

/** Bytes of a module and of its static imports. */
function bytesAtStart(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/(?:\bfrom|^import|;import)\s*"(\.[^"]+)"/gm)].map(([, path = '']) =>
    join(dirname(file), path),
  );
  return imported.reduce((sum, path) => sum + bytesAtStart(path, seen), text.length);
}

/** The Node of this process, and Lambda's version if `npm run bench` has installed it. */
const NODES = [process.execPath, 'test/bench/node_modules/node/bin/node'].filter((path) => existsSync(path));

/** The first responses of the built function and of a function that only says hello, on each Node, by a name for the table. */
export function coldStarts(): Readonly<Record<string, ColdStart>> {
  const all: Record<string, ColdStart> = {};
  for (const node of NODES) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const files = {
      [`hello world (Hono), Node ${version}`]: 'dist/bench/hello-world.js',
      [`Curbside, Node ${version}`]: 'dist/lambda/index.js',
    };
    Object.assign(all, measureColdStarts(node, files));
  }
  return all;
}

export function coldStartTable(cold: Readonly<Record<string, ColdStart>>): string[] {
  return [
    '| cold start | ready, ms | first response, ms | processor time, ms | from the start of its process, ms | memory, MB | code at start, kB |',
    '|---|---|---|---|---|---|---|',
    ...Object.entries(cold).map(
      ([name, { readyMs, answeredMs, cpuMs, fromStartMs, memoryMb, kb }]) =>
        `| ${name} | ${readyMs.toFixed(1)} | ${answeredMs.toFixed(1)} | ${cpuMs.toFixed(1)} | ${fromStartMs.toFixed(0)} | ${memoryMb.toFixed(0)} | ${kb.toFixed(0)} |`,
    ),
  ];
}
