import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { boxContains } from '../../../functions/model/geo.ts';
import { type PublishableRelease, releaseParts } from '../../../functions/model/release.ts';
import type { Vendor } from '../../../functions/model/vendor.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { openCurrentRelease } from '../../../functions/releases/open-release.ts';
import { SYNTHETIC_PROVENANCE, syntheticContent } from '../../fixtures/synthetic-city.ts';
import { benchVendors } from '../engines/documents.ts';
import { BOX, CENTER, TASK_NAMES, TASKS, type TaskName } from '../engines/tasks.ts';
import { median } from '../median.ts';

/** Vendors and branches that a search must find. */
export type Totals = { readonly vendors: number; readonly branches: number };
export type Publication = {
  readonly seconds: number;
  readonly contentBytes: number;
  readonly indexBytes: number;
  readonly peakBytes: number;
  /** Counted from the vendors, without an index. */
  readonly totals: Readonly<Partial<Record<TaskName, Totals>>>;
};
export type Opening = {
  readonly openMs: number;
  readonly residentBytes: number;
  readonly peakBytes: number;
  readonly tasks: readonly { readonly name: TaskName; readonly ms: number; readonly totals: Totals }[];
};

/** Searches of each task, of which the median counts. */
const REPETITIONS = 5;

const peakBytes = () => process.resourceUsage().maxRSS * 1024;

/** Vendors with a branch that passes, and those branches. */
function counter(passes: (vendor: Vendor, branch: Vendor['branches'][number]) => boolean) {
  const totals = { vendors: 0, branches: 0 };
  const add = (vendor: Vendor) => {
    const found = vendor.branches.filter((branch) => passes(vendor, branch)).length;
    totals.branches += found;
    if (found > 0) totals.vendors++;
  };
  return { totals, add };
}

/** Publishes invented vendors, which are generated again for each pass over them and never in memory together. */
async function publish(directory: string, branches: number): Promise<Publication> {
  const counters = {
    category: counter(({ categories }) => categories.includes('mexican')),
    box: counter((_, branch) => boxContains(BOX, branch)),
    approvedFacets: counter((_, { status }) => status === 'approved'),
    allFacets: counter(() => true),
  };
  function* counted() {
    for (const vendor of benchVendors(branches)) {
      for (const { add } of Object.values(counters)) add(vendor);
      yield vendor;
    }
  }
  const { version: _, ...content } = syntheticContent(branches, CENTER);
  const hash = createHash('sha256');
  for (const part of releaseParts({ ...content, vendors: counted() })) hash.update(part);
  const release: PublishableRelease = {
    ...content,
    ...SYNTHETIC_PROVENANCE,
    version: `synthetic-${hash.digest('hex').slice(0, 12)}`,
    vendors: { [Symbol.iterator]: () => benchVendors(branches) },
    branches,
  };
  const start = performance.now();
  await createDirectorySink(directory).publish(release, {});
  const seconds = (performance.now() - start) / 1000;
  const sizeOf = async (name: string) => (await stat(join(directory, release.version, name))).size;
  const totals = Object.fromEntries(Object.entries(counters).map(([name, { totals }]) => [name, totals]));
  return {
    seconds,
    contentBytes: await sizeOf('release.json'),
    indexBytes: await sizeOf('index.bin'),
    peakBytes: peakBytes(),
    totals,
  };
}

async function open(directory: string): Promise<Opening> {
  const start = performance.now();
  const opened = await openCurrentRelease(directory);
  const openMs = performance.now() - start;
  if (!opened || opened.warnings.length > 0) throw new Error(opened?.warnings.join('; ') ?? 'there is no release');
  const residentBytes = process.memoryUsage.rss();
  const tasks: { name: TaskName; ms: number; totals: Totals }[] = [];
  for (const name of TASK_NAMES) {
    const query = { ...TASKS[name].query, limit: Math.min(TASKS[name].query.limit, 500) };
    const times: number[] = [];
    let totals = { vendors: 0, branches: 0 };
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      const before = performance.now();
      const { vendors, branches } = await opened.engine.search(query);
      times.push(performance.now() - before);
      totals = { vendors, branches };
    }
    tasks.push({ name, ms: median(times), totals });
  }
  return { openMs, residentBytes, peakBytes: peakBytes(), tasks };
}

const [, , directory = '', branches] = process.argv;
process.send?.(branches === undefined ? await open(directory) : await publish(directory, Number(branches)));
process.disconnect();
