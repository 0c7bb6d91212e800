import { editDistance } from '../../../../functions/model/text/edit-distance.ts';
import { documentsOf } from '../documents.ts';
import { type Answer, CENTER, type Job } from '../jobs.ts';
import { type Peer, Skipped } from '../peer.ts';
import { boxAround, type Dialect, facetQuery, pageQuery } from './sql.ts';

type Statement = { run(...values: unknown[]): unknown; all(...values: unknown[]): Record<string, unknown>[] };
type Database = { exec(sql: string): void; prepare(sql: string): Statement; close(): void };

/** The RTree holds 32-bit floats. */
const PAD = 1e-4;

const DIALECT: Dialect = {
  metres: `(12742017.5428 * asin(min(1, sqrt(pow(sin(radians(d.lat - ${CENTER.lat}) / 2), 2) + cos(radians(${CENTER.lat})) *
    cos(radians(d.lat)) * pow(sin(radians(d.lon - ${CENTER.lon}) / 2), 2)))))`,
  hasWords: (words) => `d.id IN (SELECT rowid FROM words WHERE words MATCH '${words}')`,
  inBox: ({ west, south, east, north }) =>
    `d.id IN (SELECT id FROM places WHERE west >= ${west - PAD} AND east <= ${east + PAD} AND south >= ${south - PAD} AND north <= ${north + PAD})
     AND d.lon BETWEEN ${west} AND ${east} AND d.lat BETWEEN ${south} AND ${north}`,
  within: (metres) => `${DIALECT.inBox(boxAround(metres))} AND ${DIALECT.metres} <= ${metres}`,
};

/** SQLite in memory: FTS5 for the words, RTree for the places. */
export async function sqlite(branches: number): Promise<Peer> {
  let database: Database;
  try {
    const { DatabaseSync } = (await import('node:sqlite' as string)) as {
      DatabaseSync: new (path: string) => Database;
    };
    database = new DatabaseSync(':memory:');
  } catch {
    throw new Skipped('this Node has no node:sqlite: run it with Node 24');
  }
  fill(database, branches);
  const prepared = new Map<string, Statement>();
  const all = (sql: string) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.all();
  };
  return { run: (job) => run(job, all, branches), close: () => database.close() };
}

function fill(database: Database, branches: number): void {
  database.exec(`CREATE TABLE docs (id INTEGER PRIMARY KEY, vendor INTEGER, lat REAL, lon REAL, facility TEXT, area TEXT, week INTEGER);
    CREATE TABLE categories (vendor INTEGER, category TEXT);
    CREATE TABLE hours (week INTEGER, starts INTEGER, ends INTEGER);
    CREATE VIRTUAL TABLE words USING fts5(tokens, content='', columnsize=0, detail=none);
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
    CREATE VIRTUAL TABLE places USING rtree(id, west, east, south, north); BEGIN`);
  const doc = database.prepare('INSERT INTO docs VALUES (?,?,?,?,?,?,?)');
  const word = database.prepare('INSERT INTO words (rowid, tokens) VALUES (?,?)');
  const place = database.prepare('INSERT INTO places VALUES (?,?,?,?,?)');
  const category = database.prepare('INSERT INTO categories VALUES (?,?)');
  const hour = database.prepare('INSERT INTO hours VALUES (?,?,?)');
  const weeks = new Map<string, number>();
  let last = -1;
  for (const { id, vendor, lat, lon, tokens, facility, area, categories, week } of documentsOf(branches)) {
    const key = JSON.stringify(week);
    if (!weeks.has(key)) {
      weeks.set(key, weeks.size);
      for (const [start, end] of week) hour.run(weeks.get(key), start, end);
    }
    doc.run(id, vendor, lat, lon, facility, area, weeks.get(key));
    word.run(id, tokens.join(' '));
    place.run(id, lon, lon, lat, lat);
    if (vendor !== last) for (const one of categories) category.run(vendor, one);
    last = vendor;
  }
  database.exec(`COMMIT; CREATE INDEX hours_week ON hours (week); CREATE INDEX categories_vendor ON categories (vendor);
    INSERT INTO words(words) VALUES ('optimize'); ANALYZE`);
}

function run(job: Job, all: (sql: string) => Record<string, unknown>[], branches: number): Answer {
  if (job.place === 'nearest' && job.stems.length === 0) return nearest(job, all, branches);
  const words = job.stems.length === 0 ? null : matchOf(job, all);
  const answer = read(all(pageQuery(job, words, DIALECT)), job);
  if (!job.facets) return answer;
  const rows = all(facetQuery(words ?? '', DIALECT));
  return {
    ...answer,
    facets: Object.fromEntries(rows.map(({ value, vendors }) => [value as string, Number(vendors)])),
  };
}

function matchOf({ stems, prefix, typo }: Job, all: (sql: string) => Record<string, unknown>[]): string {
  const parts = stems.map((one) => `"${one}"`);
  if (prefix !== undefined) parts.push(`"${prefix}" *`);
  if (typo !== undefined) {
    const near = all(`SELECT term FROM vocabulary WHERE term >= '${typo[0]}' AND term < '${typo[0]}~'`)
      .map(({ term }) => term as string)
      .filter((term) => editDistance(typo, term, 1) !== undefined);
    parts.push(`(${near.map((one) => `"${one}"`).join(' OR ')})`);
  }
  return parts.join(' AND ');
}

/** Boxes that grow until the circle in them holds 20 vendors. */
function nearest(job: Job, all: (sql: string) => Record<string, unknown>[], branches: number): Answer {
  for (let metres = 250; ; metres *= 2) {
    const rows =
      all(`SELECT d.vendor AS vendor, min(${DIALECT.metres}) AS metres FROM docs d WHERE ${DIALECT.inBox(boxAround(metres))}
      GROUP BY d.vendor ORDER BY 2 LIMIT 20`).filter((row) => Number(row.metres) <= metres);
    if (rows.length < 20 && metres < 1e5) continue;
    const vendors = Number(all('SELECT max(vendor) + 1 AS vendors FROM docs')[0]?.vendors);
    return { ...read(rows, job), vendors, branches };
  }
}

export function read(rows: readonly Record<string, unknown>[], job: Job): Answer {
  const [first] = rows;
  const isMeasured = job.place === 'radius' || job.place === 'nearest';
  return {
    vendors: Number(first?.vendors ?? 0),
    branches: Number(first?.branches ?? 0),
    metres: isMeasured ? rows.slice(0, 20).map(({ metres }) => Number(metres)) : null,
  };
}
