import { cpus, totalmem } from 'node:os';
import { JOB_NAMES, JOBS } from './jobs.ts';
import type { Measured, PeerName } from './measure.ts';

const TITLES: Readonly<Record<PeerName, string>> = {
  curbside: 'Curbside',
  minisearch: 'MiniSearch 7 + geokdbush',
  flexsearch: 'FlexSearch 0.8 + geokdbush',
  sqlite: 'SQLite FTS5 + RTree',
  postgis: 'PostGIS + tsvector',
  redis: 'Redis geo',
  opensearch: 'OpenSearch',
};

/** Milliseconds with as many digits as mean something. */
export function shownMs(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}

/** One size as a Markdown table: medians, and how many times this project's own. */
export function tableOf({ branches, peers }: Measured): string {
  const [ours] = peers;
  const shown = peers.filter(({ skipped }) => skipped === null);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    row([`${branches.toLocaleString('en-US')} branches, p50 in ms`, ...shown.map(({ name }) => TITLES[name])]),
    row(['---', ...shown.map(() => '---')]),
  ];
  for (const job of JOB_NAMES) {
    const own = ours?.medians[job] ?? Number.NaN;
    const cells = shown.map(({ name, medians, differences }) => {
      const ms = medians[job];
      if (ms === null || ms === undefined) return '–';
      const mark = differences[job] ? '*' : '';
      return name === 'curbside' ? shownMs(ms) : `${shownMs(ms)}${mark} (${times(ms / own)})`;
    });
    lines.push(row([JOBS[job].title, ...cells]));
  }
  lines.push(row(['build, s', ...shown.map(({ buildMs }) => (buildMs / 1000).toFixed(1))]));
  lines.push(row(['peak memory of its process, MB', ...shown.map(({ peakMb }) => peakMb.toFixed(0))]));
  const notes = shown.flatMap(({ name, note }) => (note ? [`${TITLES[name]}: ${note}`] : []));
  const starred = shown.flatMap(({ name, differences }) =>
    Object.entries(differences).map(
      ([job, text]) => `\\* ${TITLES[name]}, ${JOBS[job as keyof typeof JOBS].title}: ${text}`,
    ),
  );
  const left = peers.flatMap(({ name, skipped }) =>
    skipped === null ? [] : [`${TITLES[name]} was left out: ${skipped.split('\n')[0]}`],
  );
  return [lines.join('\n'), ...[...notes, ...starred, ...left].map((line) => `${line}.`)].join('\n\n');
}

function times(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)}x`;
}

/** The machine in one line. */
export function machine(node = process.version): string {
  const [cpu] = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} x ${cpu?.model.trim() || process.arch}, ${gigabytes} GB, ${process.platform}, Node ${node}`;
}
