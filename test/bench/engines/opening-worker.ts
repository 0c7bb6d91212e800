import { readFileSync, writeFileSync } from 'node:fs';
import { IndexBuilder } from '../../../functions/engine/embedded/build/index-builder.ts';
import { openIndex } from '../../../functions/engine/embedded/engine.ts';
import { SYNTHETIC_PROVENANCE, syntheticContent } from '../../fixtures/synthetic-city.ts';
import { median } from '../median.ts';
import { benchVendors } from './documents.ts';
import type { IndexOpening, JsonParsing } from './index-opening.ts';
import { CENTER, TASK_NAMES, TASKS } from './tasks.ts';

const ROUNDS = 5;

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

const readIndex = () => readFileSync(file) as Uint8Array<ArrayBuffer>;

async function open(): Promise<IndexOpening> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const engine = openIndex(readIndex(), SYNTHETIC_PROVENANCE);
  for (const name of TASK_NAMES) {
    await engine.search({ ...TASKS[name].query, limit: Math.min(TASKS[name].query.limit, 500) });
  }
  globalThis.gc?.();
  const after = process.memoryUsage();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const read = timed(readIndex);
    const opened = timed(() => openIndex(read.value, SYNTHETIC_PROVENANCE));
    return { readMs: read.ms, openMs: opened.ms, bytes: read.value.length };
  });
  const bytes = rounds[0]?.bytes ?? 0;
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  // Keeps the engine alive until memory is measured.
  await engine.about();
  return {
    fileMb: bytes / 1e6,
    readMs: median(rounds.map(({ readMs }) => readMs)),
    openMs: median(rounds.map(({ openMs }) => openMs)),
    memory: used / bytes,
  };
}

process.send?.(size === 'open' ? await open() : writeAndParse(Number(size)));
process.disconnect();
