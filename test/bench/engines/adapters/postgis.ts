import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type BenchEngine, EngineUnavailable, importBenchPackage, requireProgram } from '../bench-engine.ts';
import { benchDocuments } from '../documents.ts';
import { type Answer, CENTER, type Task } from '../tasks.ts';
import { type Dialect, facetQuery, pageQuery } from './sql.ts';
import { readAnswer } from './sqlite.ts';

const BIN = '/usr/lib/postgresql/15/bin';
const POINT = `ST_SetSRID(ST_MakePoint(${CENTER.lon}, ${CENTER.lat}), 4326)::geography`;

type Client = {
  connect(): Promise<void>;
  query(sql: string | { name: string; text: string }): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
};

const DIALECT: Dialect = {
  metres: `ST_Distance(d.place, ${POINT}, false)`,
  hasWords: (words) => `d.words @@ '${words}'::tsquery`,
  inBox: ({ west, south, east, north }) =>
    `ST_Intersects(d.place::geometry, ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326))`,
  within: (metres) => `ST_DWithin(d.place, ${POINT}, ${metres}, false)`,
};

/** PostgreSQL 15 with PostGIS, tsvector and pg_trgm, on loopback, without durability. */
export async function postgis(branches: number): Promise<BenchEngine> {
  requireProgram('/usr/share/postgresql/15/extension/postgis.control', 'PostGIS', ['postgresql-15-postgis-3']);
  const { default: pg } = await importBenchPackage<{ default: { Client: new (options: object) => Client } }>('pg');
  const id = Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout);
  if (process.getuid?.() !== 0 || !id)
    throw new EngineUnavailable('PostgreSQL needs the user postgres, which only root can switch to');
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-pg-'));
  chownSync(directory, id, id);
  const port = 20_000 + (process.pid % 20_000);
  spawnSync(`${BIN}/initdb`, ['-D', `${directory}/data`, '-A', 'trust', '-E', 'UTF8', '--locale=C'], {
    uid: id,
    cwd: directory,
  });
  const options = [
    'shared_buffers=1GB',
    'work_mem=128MB',
    'maintenance_work_mem=512MB',
    'fsync=off',
    'jit=off',
    'max_parallel_workers_per_gather=0',
  ];
  const flags = options.flatMap((option) => ['-c', option]);
  const server = spawn(
    `${BIN}/postgres`,
    ['-D', `${directory}/data`, '-p', String(port), '-h', '127.0.0.1', '-k', directory, ...flags],
    {
      uid: id,
      cwd: directory,
      stdio: 'ignore',
    },
  );
  const close = async () => {
    server.kill('SIGINT');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(directory, { recursive: true, force: true });
  };
  let client: Client | undefined;
  for (let tries = 0; !client; tries++) {
    const next = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    try {
      await next.connect();
      client = next;
    } catch (error) {
      if (tries < 100 && server.exitCode === null) await wait(200);
      else {
        await close();
        throw new EngineUnavailable(`PostgreSQL does not start: ${(error as Error).message}`);
      }
    }
  }
  const query = client.query.bind(client);
  await load(query, branches, { directory, port });
  const names = new Map<string, string>();
  const all = async (text: string) => {
    const name = names.get(text) ?? `q${names.size}`;
    names.set(text, name);
    return (await query({ name, text })).rows;
  };
  return {
    run: (task) => run(task, all, branches),
    async close() {
      await client.end();
      await close();
    },
  };
}

async function load(
  query: Client['query'],
  branches: number,
  { directory, port }: { directory: string; port: number },
) {
  await query('CREATE EXTENSION postgis; CREATE EXTENSION pg_trgm; CREATE EXTENSION fuzzystrmatch');
  await query(`CREATE UNLOGGED TABLE raw (id int, vendor int, lat float8, lon float8, tokens text, facility text, area text, week int, categories text);
    CREATE UNLOGGED TABLE hours (week int, starts int, ends int)`);
  const file = join(directory, 'docs.tsv');
  const out = createWriteStream(file);
  const weeks = new Map<string, number>();
  const spans: string[] = [];
  for (const { id, vendor, lat, lon, tokens, facility, area, categories, week } of benchDocuments(branches)) {
    const key = JSON.stringify(week);
    if (!weeks.has(key)) {
      weeks.set(key, weeks.size);
      for (const [start, end] of week) spans.push(`(${weeks.get(key)},${start},${end})`);
    }
    const line = [
      id,
      vendor,
      lat,
      lon,
      tokens.join(' '),
      facility,
      area ?? '\\N',
      weeks.get(key),
      categories.join(','),
    ];
    if (!out.write(`${line.join('\t')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  const copy = spawnSync(`${BIN}/psql`, [
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-U',
    'postgres',
    '-c',
    `\\copy raw FROM '${file}'`,
  ]);
  if (copy.status !== 0) throw new Error(`psql could not load the documents: ${copy.stderr}`);
  await query(`INSERT INTO hours VALUES ${spans.join(',')}`);
  await query(`CREATE UNLOGGED TABLE docs AS SELECT id, vendor, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS place,
      array_to_tsvector(string_to_array(tokens, ' ')) AS words, facility, area, week FROM raw;
    CREATE UNLOGGED TABLE categories AS SELECT DISTINCT vendor, unnest(string_to_array(categories, ',')) AS category FROM raw;
    CREATE UNLOGGED TABLE vocabulary AS SELECT DISTINCT unnest(string_to_array(tokens, ' ')) AS word FROM raw;
    CREATE INDEX ON docs USING gin (words); CREATE INDEX ON docs USING gist (place); CREATE INDEX ON docs USING gist ((place::geometry));
    CREATE INDEX ON vocabulary USING gin (word gin_trgm_ops); CREATE INDEX ON categories (vendor); CREATE INDEX ON hours (week)`);
  await query('VACUUM ANALYZE');
}

async function run(
  task: Task,
  all: (sql: string) => Promise<Record<string, unknown>[]>,
  branches: number,
): Promise<Answer> {
  if (task.place === 'nearest' && task.stems.length === 0) {
    const rows =
      await all(`SELECT vendor, min(metres) AS metres FROM (SELECT vendor, ${DIALECT.metres} AS metres FROM docs d
      ORDER BY d.place <-> ${POINT} LIMIT 400) near GROUP BY vendor ORDER BY 2 LIMIT 20`);
    const [totals] = await all('SELECT max(vendor) + 1 AS vendors FROM docs');
    return { ...readAnswer(rows, task), vendors: Number(totals?.vendors), branches };
  }
  const words = task.stems.length === 0 ? null : await matchOf(task, all);
  const answer = readAnswer(await all(pageQuery(task, words, DIALECT)), task);
  if (!task.facets) return answer;
  const rows = await all(facetQuery(words ?? '', DIALECT));
  return {
    ...answer,
    facets: Object.fromEntries(rows.map(({ value, vendors }) => [value as string, Number(vendors)])),
  };
}

async function matchOf(
  { stems, prefix, typo }: Task,
  all: (sql: string) => Promise<Record<string, unknown>[]>,
): Promise<string> {
  const parts: string[] = [...stems];
  if (prefix !== undefined) parts.push(`${prefix}:*`);
  if (typo !== undefined) {
    const near = await all(
      `SELECT word FROM vocabulary WHERE word % '${typo}' AND levenshtein_less_equal(word, '${typo}', 1) <= 1`,
    );
    parts.push(`(${near.map(({ word }) => word as string).join('|')})`);
  }
  return parts.join('&');
}
