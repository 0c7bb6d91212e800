import { editDistance } from '../../../../functions/model/text/edit-distance.ts';
import { type BenchEngine, EngineUnavailable } from '../bench-engine.ts';
import { benchDocuments } from '../documents.ts';
import { type Answer, CENTER, type Task } from '../tasks.ts';
import { boxAround, type Dialect, facetQuery, pageQuery } from './sql.ts';

type Statement = { run(...values: unknown[]): unknown; all(...values: unknown[]): Record<string, unknown>[] };
type Database = { exec(sql: string): void; prepare(sql: string): Statement; close(): void };

/** Margin in degrees, because the RTree stores 32-bit floats. */
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

/** SQLite in memory: FTS5 for words, RTree for places. */
export async function sqlite(branches: number): Promise<BenchEngine> {
  let database: Database;
  try {
    const { DatabaseSync } = (await import('node:sqlite' as string)) as {
      DatabaseSync: new (path: string) => Database;
    };
    database = new DatabaseSync(':memory:');
  } catch {
    throw new EngineUnavailable('this Node has no node:sqlite: run it with Node 24');
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
  return { run: (task) => run(task, all, branches), close: () => database.close() };
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
  for (const { id, vendor, lat, lon, tokens, facility, area, categories, week } of benchDocuments(branches)) {
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

function run(task: Task, all: (sql: string) => Record<string, unknown>[], branches: number): Answer {
  if (task.place === 'nearest' && task.stems.length === 0) return nearest(task, all, branches);
  const words = task.stems.length === 0 ? null : matchOf(task, all);
  const answer = readAnswer(all(pageQuery(task, words, DIALECT)), task);
  if (!task.facets) return answer;
  const rows = all(facetQuery(words ?? '', DIALECT));
  return {
    ...answer,
    facets: Object.fromEntries(rows.map(({ value, vendors }) => [value as string, Number(vendors)])),
  };
}

function matchOf({ stems, prefix, typo }: Task, all: (sql: string) => Record<string, unknown>[]): string {
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

/** Searches growing boxes until the circle inside holds 20 vendors. */
function nearest(task: Task, all: (sql: string) => Record<string, unknown>[], branches: number): Answer {
  for (let metres = 250; ; metres *= 2) {
    const rows =
      all(`SELECT d.vendor AS vendor, min(${DIALECT.metres}) AS metres FROM docs d WHERE ${DIALECT.inBox(boxAround(metres))}
      GROUP BY d.vendor ORDER BY 2 LIMIT 20`).filter((row) => Number(row.metres) <= metres);
    if (rows.length < 20 && metres < 1e5) continue;
    const vendors = Number(all('SELECT max(vendor) + 1 AS vendors FROM docs')[0]?.vendors);
    return { ...readAnswer(rows, task), vendors, branches };
  }
}

/** Reads the rows of a {@link pageQuery}. */
export function readAnswer(rows: readonly Record<string, unknown>[], task: Task): Answer {
  const [first] = rows;
  const needsDistances = task.place === 'radius' || task.place === 'nearest';
  return {
    vendors: Number(first?.vendors ?? 0),
    branches: Number(first?.branches ?? 0),
    metres: needsDistances ? rows.slice(0, 20).map(({ metres }) => Number(metres)) : null,
  };
}
