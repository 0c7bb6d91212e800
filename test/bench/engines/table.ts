import { cpus, totalmem } from 'node:os';
import type { EngineName, Measurement } from './measure.ts';
import { TASK_NAMES, TASKS } from './tasks.ts';

const TITLES: Readonly<Record<EngineName, string>> = {
  curbside: 'Curbside',
  lucene: 'Lucene 10.3, filters only',
  'lucene-ranked': 'Lucene 10.3, ranked',
  tantivy: 'Tantivy 0.27',
  bleve: 'Bleve 2.5',
  minisearch: 'MiniSearch 7 + geokdbush',
  flexsearch: 'FlexSearch 0.8 + geokdbush',
  duckdb: 'DuckDB 1.5',
  sqlite: 'SQLite FTS5 + RTree',
  postgis: 'PostGIS + tsvector',
  redis: 'Redis geo',
  opensearch: 'OpenSearch',
};

/** Milliseconds with three significant digits. */
export function formatMs(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}

/** The results for one size as a Markdown table: medians, and the multiple of Curbside's. */
export function engineTable({ branches, engines }: Measurement): string {
  const [ours] = engines;
  const shown = engines.filter(({ unavailable }) => unavailable === null);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    row([`${branches.toLocaleString('en-US')} branches, p50 in ms`, ...shown.map(({ name }) => TITLES[name])]),
    row(['---', ...shown.map(() => '---')]),
  ];
  for (const task of TASK_NAMES) {
    const own = ours?.medians[task] ?? Number.NaN;
    const cells = shown.map(({ name, medians, differences }) => {
      const ms = medians[task];
      if (ms === null || ms === undefined) return '–';
      const mark = differences[task] ? '*' : '';
      return name === 'curbside' ? formatMs(ms) : `${formatMs(ms)}${mark} (${multiple(ms / own)})`;
    });
    lines.push(row([TASKS[task].title, ...cells]));
  }
  lines.push(row(['build, s', ...shown.map(({ buildMs }) => (buildMs / 1000).toFixed(1))]));
  lines.push(row(['peak memory of its process, MB', ...shown.map(({ peakMb }) => peakMb.toFixed(0))]));
  const notes = shown.flatMap(({ name, note }) => (note ? [`${TITLES[name]}: ${note}`] : []));
  const starred = shown.flatMap(({ name, differences }) =>
    Object.entries(differences).map(
      ([task, text]) => `\\* ${TITLES[name]}, ${TASKS[task as keyof typeof TASKS].title}: ${text}`,
    ),
  );
  const missing = engines.flatMap(({ name, unavailable }) =>
    unavailable === null ? [] : [`${TITLES[name]} was left out: ${unavailable.split('\n')[0]}`],
  );
  return [lines.join('\n'), ...[...notes, ...starred, ...missing].map((line) => `${line}.`)].join('\n\n');
}

/** The tasks in which another engine is faster, each with the fastest one; Lucene's two configurations count as one engine at its best. */
export function losses({ branches, engines }: Measurement): string {
  const [ours, ...others] = engines;
  const lines = TASK_NAMES.flatMap((task) => {
    const own = ours?.medians[task] ?? Number.NaN;
    const times = others.flatMap(({ name, medians }) => {
      const ms = medians[task];
      return typeof ms === 'number' && ms < own ? [{ name, ms }] : [];
    });
    const [best] = times.sort((a, b) => a.ms - b.ms);
    if (!best) return [];
    return [
      `- ${TASKS[task].title}: ${TITLES[best.name]} needs ${formatMs(best.ms)} ms, Curbside ${formatMs(own)} (${multiple(own / best.ms)})`,
    ];
  });
  const title = `At ${branches.toLocaleString('en-US')} branches, another engine is faster in ${lines.length} of ${TASK_NAMES.length} tasks`;
  return lines.length === 0 ? `${title}.` : `${title}:\n\n${lines.join('\n')}`;
}

function multiple(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)}x`;
}

/** The machine on which the bench ran, in one line. */
export function machine(node = process.version): string {
  const [cpu] = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} x ${cpu?.model.trim() || process.arch}, ${gigabytes} GB, ${process.platform}, Node ${node}`;
}
