import { type BenchEngine, importBenchPackage } from '../bench-engine.ts';
import { benchDocuments } from '../documents.ts';
import { type Answer, BOX, CENTER, MINUTE, RADIUS_METRES, type Task } from '../tasks.ts';
import { boxAround } from './sql.ts';

type Row = Readonly<Record<string, unknown>>;
type Appender = {
  appendInteger(value: number): void;
  appendDouble(value: number): void;
  appendVarchar(value: string): void;
  appendNull(): void;
  endRow(): void;
  closeSync(): void;
};
type Statement = { runAndReadAll(): Promise<{ getRowObjectsJS(): Row[] }> };
type Connection = {
  run(sql: string): Promise<unknown>;
  prepare(sql: string): Promise<Statement>;
  createAppender(table: string): Promise<Appender>;
  closeSync(): void;
};
type DuckDb = { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> } };

const METRES = `(12742017.5428 * asin(least(1, sqrt(pow(sin(radians(d.lat - ${CENTER.lat}) / 2), 2) + cos(radians(${CENTER.lat})) *
  cos(radians(d.lat)) * pow(sin(radians(d.lon - ${CENTER.lon}) / 2), 2)))))`;
const IS_OPEN = `(h.starts <= ${MINUTE} AND ${MINUTE} < h.ends) OR ${MINUTE + 10_080} < h.ends`;

/**
 * DuckDB in memory, with one table per kind of question: branches, and words in the order of the terms, so that it reads only the blocks
 * that have a term. Its extensions for text and places are not on npm.
 */
export async function duckdb(branches: number): Promise<BenchEngine> {
  const { DuckDBInstance } = await importBenchPackage<DuckDb>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await fill(connection, branches);
  const prepared = new Map<string, Statement>();
  const all = async (sql: string) => {
    const statement = prepared.get(sql) ?? (await connection.prepare(sql));
    prepared.set(sql, statement);
    return (await statement.runAndReadAll()).getRowObjectsJS();
  };
  return {
    hasFilters: true,
    note: 'without its extensions spatial and fts, which npm does not have; no `best` order',
    async run(task) {
      if (task.best) return null;
      const answer = readAnswer(await all(pageQuery(task)), task);
      if (!task.facets) return answer;
      const rows = await all(facetQuery(task));
      return {
        ...answer,
        facets: Object.fromEntries(rows.map(({ value, vendors }) => [value as string, Number(vendors)])),
      };
    },
    close: () => connection.closeSync(),
  };
}

async function fill(connection: Connection, branches: number): Promise<void> {
  await connection.run(`CREATE TABLE docs (id INTEGER, vendor INTEGER, lat DOUBLE, lon DOUBLE, status VARCHAR, facility VARCHAR, area VARCHAR,
    week INTEGER, tokens VARCHAR)`);
  await connection.run('CREATE TABLE categories (vendor INTEGER, category VARCHAR)');
  await connection.run('CREATE TABLE hours (week INTEGER, starts INTEGER, ends INTEGER)');
  await connection.run('CREATE TABLE weeks (week INTEGER, isUnknown INTEGER)');
  const [docs, categories, hours, weeks] = await Promise.all(
    ['docs', 'categories', 'hours', 'weeks'].map((table) => connection.createAppender(table)),
  );
  if (!docs || !categories || !hours || !weeks) throw new Error('DuckDB returned no appender');
  const row = (table: Appender, ...values: readonly (number | string)[]) => {
    for (const value of values) {
      if (typeof value === 'string') table.appendVarchar(value);
      else table.appendInteger(value);
    }
    table.endRow();
  };
  const numbers = new Map<string, number>();
  let last = -1;
  for (const one of benchDocuments(branches)) {
    const key = JSON.stringify([one.week, one.isUnknownOutside]);
    let week = numbers.get(key);
    if (week === undefined) {
      week = numbers.size;
      numbers.set(key, week);
      row(weeks, week, one.isUnknownOutside ? 1 : 0);
      for (const [start, end] of one.week) row(hours, week, start, end);
    }
    docs.appendInteger(one.id);
    docs.appendInteger(one.vendor);
    docs.appendDouble(one.lat);
    docs.appendDouble(one.lon);
    docs.appendVarchar(one.status);
    docs.appendVarchar(one.facility);
    if (one.area === null) docs.appendNull();
    else docs.appendVarchar(one.area);
    row(docs, week, one.tokens.join(' '));
    if (one.vendor !== last) for (const category of one.categories) row(categories, one.vendor, category);
    last = one.vendor;
  }
  for (const table of [docs, categories, hours, weeks]) table.closeSync();
  await connection.run(
    "CREATE TABLE words AS SELECT unnest(string_split(tokens, ' ')) AS term, id FROM docs ORDER BY term, id",
  );
  await connection.run('CREATE TABLE terms AS SELECT DISTINCT term FROM words');
  await connection.run('ALTER TABLE docs DROP tokens');
}

/** The rows of `docs d` that match, as a condition. */
function conditionOf({ stems, prefix, typo, place, openAt, category, status }: Task): string {
  const hasTerm = (condition: string) => `d.id IN (SELECT id FROM words WHERE ${condition})`;
  const conditions = stems.map((stem) => hasTerm(`term = '${stem}'`));
  if (prefix !== undefined) conditions.push(hasTerm(`term >= '${prefix}' AND term < '${prefix}~'`));
  if (typo !== undefined) {
    conditions.push(
      hasTerm(
        `term IN (SELECT term FROM terms WHERE term[1] = '${typo[0]}' AND damerau_levenshtein(term, '${typo}') <= 1)`,
      ),
    );
  }
  if (place === 'box') conditions.push(inBox(BOX));
  if (place === 'radius') conditions.push(inBox(boxAround(RADIUS_METRES)), `${METRES} <= ${RADIUS_METRES}`);
  if (category !== undefined)
    conditions.push(`d.vendor IN (SELECT vendor FROM categories WHERE category = '${category}')`);
  if (status !== undefined) conditions.push(`d.status = '${status}'`);
  if (openAt !== undefined) conditions.push(`d.week IN (SELECT week FROM hours h WHERE ${IS_OPEN})`);
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

function inBox({ west, south, east, north }: typeof BOX): string {
  return `d.lon BETWEEN ${west} AND ${east} AND d.lat BETWEEN ${south} AND ${north}`;
}

/** The first vendors with their distances, and both totals in each row. */
function pageQuery(task: Task): string {
  const metres = needsDistances(task) ? METRES : '0';
  return `WITH found AS (SELECT d.vendor AS vendor, min(${metres}) AS metres, count(*) AS branches FROM docs d
      WHERE ${conditionOf(task)} GROUP BY d.vendor),
    totals AS (SELECT count(*) AS vendors, sum(branches) AS branches FROM found)
    SELECT f.vendor, f.metres, t.vendors, t.branches FROM found f, totals t ORDER BY 2, 1 LIMIT ${task.limit}`;
}

/** The vendors of each value. */
function facetQuery(task: Task): string {
  const state = `CASE WHEN d.week IN (SELECT week FROM hours h WHERE ${IS_OPEN}) THEN 'open'
    WHEN d.week IN (SELECT week FROM weeks WHERE isUnknown = 1) THEN 'unknown' ELSE 'closed' END`;
  const counts = {
    facility: "SELECT 'facility ' || facility AS value, count(DISTINCT vendor) AS vendors FROM found GROUP BY facility",
    area: "SELECT 'area ' || area, count(DISTINCT vendor) FROM found WHERE area IS NOT NULL GROUP BY area",
    open: "SELECT 'open ' || state, count(DISTINCT vendor) FROM found GROUP BY state",
    category: `SELECT 'category ' || category, count(*) FROM categories WHERE vendor IN (SELECT vendor FROM found)
      GROUP BY category`,
  };
  const names = task.facets ?? [];
  const own = names.includes('open') ? state : "''";
  return `WITH found AS MATERIALIZED (SELECT d.vendor, d.facility, d.area, ${own} AS state FROM docs d WHERE ${conditionOf(task)})
    ${names.map((name) => `SELECT * FROM (${counts[name]}) AS ${name}_counts(value, vendors)`).join(' UNION ALL ')}`;
}

function needsDistances({ place }: Task): boolean {
  return place === 'radius' || place === 'nearest';
}

function readAnswer(rows: readonly Row[], task: Task): Answer {
  const [first] = rows;
  return {
    vendors: Number(first?.vendors ?? 0),
    branches: Number(first?.branches ?? 0),
    metres: needsDistances(task) ? rows.slice(0, 20).map(({ metres }) => Number(metres)) : null,
  };
}
