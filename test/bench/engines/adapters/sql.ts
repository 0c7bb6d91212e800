import { BOX, CENTER, MINUTE, RADIUS_METRES, type Task } from '../tasks.ts';

/** The differences between the two databases. */
export type Dialect = {
  /** The distance of a document `d` from the center, in metres. */
  readonly metres: string;
  /** The condition that a row of `docs d` has the words. */
  hasWords(words: string): string;
  /** A condition that all rows of `docs d` in a box meet, and possibly a few others. */
  inBox(box: typeof BOX): string;
  /** The condition that a row of `docs d` is within a distance of the center. */
  within(metres: number): string;
};

const OPEN = `EXISTS (SELECT 1 FROM hours h WHERE h.week = d.week AND
  ((h.starts <= ${MINUTE} AND ${MINUTE} < h.ends) OR ${MINUTE + 10_080} < h.ends))`;

/** A task's result rows: vendor and metres, with both totals repeated in each row. */
export function pageQuery(task: Task, words: string | null, dialect: Dialect): string {
  const needsDistances = task.place === 'radius' || task.place === 'nearest';
  const where = [
    ...(words === null ? [] : [dialect.hasWords(words)]),
    ...(task.place === 'box' ? [dialect.inBox(BOX)] : []),
    ...(task.place === 'radius' ? [dialect.within(RADIUS_METRES)] : []),
    ...(task.openAt ? [OPEN] : []),
  ];
  return `SELECT d.vendor AS vendor, min(${needsDistances ? dialect.metres : '0'}) AS metres, count(*) OVER () AS vendors,
      sum(count(*)) OVER () AS branches
    FROM docs d WHERE ${where.join(' AND ')} GROUP BY d.vendor ORDER BY ${needsDistances ? '2, 1' : '1'} LIMIT ${task.limit}`;
}

/** The number of vendors per facet value, among the documents with the words. */
export function facetQuery(words: string, dialect: Dialect): string {
  const rows = `FROM docs d WHERE ${dialect.hasWords(words)}`;
  return `WITH found AS MATERIALIZED (SELECT d.vendor, d.facility, d.area ${rows})
    SELECT 'facility ' || facility AS value, count(DISTINCT vendor) AS vendors FROM found GROUP BY 1
    UNION ALL SELECT 'area ' || area, count(DISTINCT vendor) FROM found WHERE area IS NOT NULL GROUP BY 1
    UNION ALL SELECT 'category ' || c.category, count(DISTINCT f.vendor) FROM found f JOIN categories c ON c.vendor = f.vendor GROUP BY 1`;
}

const METRES_PER_DEGREE = 111_195;

/** A box around the center that contains a circle with some margin. */
export function boxAround(metres: number): typeof BOX {
  const lat = (metres * 1.001) / METRES_PER_DEGREE;
  const lon = lat / Math.cos((CENTER.lat * Math.PI) / 180);
  return { west: CENTER.lon - lon, south: CENTER.lat - lat, east: CENTER.lon + lon, north: CENTER.lat + lat };
}
