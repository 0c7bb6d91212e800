import { BOX, CENTER, type Job, MINUTE, RADIUS_METRES } from '../jobs.ts';

/** What differs between the two databases. */
export type Dialect = {
  /** Metres from the center to a document `d`. */
  readonly metres: string;
  /** Which rows of `docs d` have the words, as a condition. */
  hasWords(words: string): string;
  /** Which rows of `docs d` may lie in a box, and surely all that do. */
  inBox(box: typeof BOX): string;
  /** Which rows of `docs d` are within so many metres of the center. */
  within(metres: number): string;
};

const OPEN = `EXISTS (SELECT 1 FROM hours h WHERE h.week = d.week AND
  ((h.starts <= ${MINUTE} AND ${MINUTE} < h.ends) OR ${MINUTE + 10_080} < h.ends))`;

/** The rows of a job, and what is counted of them: vendor, metres, and both totals in each row. */
export function pageQuery(job: Job, words: string | null, dialect: Dialect): string {
  const isMeasured = job.place === 'radius' || job.place === 'nearest';
  const where = [
    ...(words === null ? [] : [dialect.hasWords(words)]),
    ...(job.place === 'box' ? [dialect.inBox(BOX)] : []),
    ...(job.place === 'radius' ? [dialect.within(RADIUS_METRES)] : []),
    ...(job.openAt ? [OPEN] : []),
  ];
  return `SELECT d.vendor AS vendor, min(${isMeasured ? dialect.metres : '0'}) AS metres, count(*) OVER () AS vendors,
      sum(count(*)) OVER () AS branches
    FROM docs d WHERE ${where.join(' AND ')} GROUP BY d.vendor ORDER BY ${isMeasured ? '2, 1' : '1'} LIMIT ${job.limit}`;
}

/** How many vendors each value has among the documents with the words. */
export function facetQuery(words: string, dialect: Dialect): string {
  const rows = `FROM docs d WHERE ${dialect.hasWords(words)}`;
  return `WITH found AS MATERIALIZED (SELECT d.vendor, d.facility, d.area ${rows})
    SELECT 'facility ' || facility AS value, count(DISTINCT vendor) AS vendors FROM found GROUP BY 1
    UNION ALL SELECT 'area ' || area, count(DISTINCT vendor) FROM found WHERE area IS NOT NULL GROUP BY 1
    UNION ALL SELECT 'category ' || c.category, count(DISTINCT f.vendor) FROM found f JOIN categories c ON c.vendor = f.vendor GROUP BY 1`;
}

const METRES_PER_DEGREE = 111_195;

/** A box around the center that holds a circle, a little more than it needs to. */
export function boxAround(metres: number): typeof BOX {
  const lat = (metres * 1.001) / METRES_PER_DEGREE;
  const lon = lat / Math.cos((CENTER.lat * Math.PI) / 180);
  return { west: CENTER.lon - lon, south: CENTER.lat - lat, east: CENTER.lon + lon, north: CENTER.lat + lat };
}
