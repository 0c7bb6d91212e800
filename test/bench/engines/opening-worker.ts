import { readFileSync, writeFileSync } from 'node:fs';
import { IndexBuilder } from '../../../functions/engine/embedded/build/index-builder.ts';
import { openIndex } from '../../../functions/engine/embedded/engine.ts';
import { SYNTHETIC_PROVENANCE, syntheticContent } from '../../fixtures/synthetic-city.ts';
import { benchVendors } from './documents.ts';
import type { IndexOpening, JsonParsing } from './index-opening.ts';
import { CENTER, TASK_NAMES, TASKS } from './tasks.ts';

const [, , size, file = ''] = process.argv;

function timed<Value>(act: () => Value): { ms: number; value: Value } {
  const start = performance.now();
  const value = act();
  return { ms: performance.now() - start, value };
}

/** Writes the index, and measures JSON.parse of the same vendors, in pieces because a single string would be too long. */
function writeAndParse(branches: number): JsonParsing {
  const builder = new IndexBuilder(syntheticContent(branches, CENTER));
  let jsonMb = 0;
  let jsonMs = 0;
  let vendors: unknown[] = [];
  const parsed: unknown[] = [];
  const parse = () => {
    const text = JSON.stringify(vendors);
    vendors = [];
    const { ms, value } = timed(() => JSON.parse(text) as unknown);
    parsed.push(value);
    jsonMb += text.length / 1e6;
    jsonMs += ms;
  };
  for (const vendor of benchVendors(branches)) {
    builder.add(vendor);
    if (vendors.push(vendor) === 50_000) parse();
  }
  parse();
  writeFileSync(file, new Uint8Array(builder.finish()));
  return { jsonMb, jsonMs };
}

/** The first opening in this process: nothing is compiled or in the processor's caches yet, as when a server starts. */
async function open(): Promise<IndexOpening> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const read = timed(() => readFileSync(file) as Uint8Array<ArrayBuffer>);
  const opened = timed(() => openIndex(read.value, SYNTHETIC_PROVENANCE));
  const engine = opened.value;
  for (const name of TASK_NAMES) {
    await engine.search({ ...TASKS[name].query, limit: Math.min(TASKS[name].query.limit, 500) });
  }
  globalThis.gc?.();
  const after = process.memoryUsage();
  const bytes = read.value.length;
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  // Keeps the engine alive until memory is measured.
  await engine.about();
  return { fileMb: bytes / 1e6, readMs: read.ms, openMs: opened.ms, memory: used / bytes };
}

process.send?.(size === 'open' ? await open() : writeAndParse(Number(size)));
process.disconnect();
