import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Answer, needsFilters, Task } from './tasks.ts';

/** A search engine that holds the documents. */
export type BenchEngine = {
  /** What a reader of its numbers should know. */
  readonly note?: string;
  /** Whether it performs the tasks that {@link needsFilters}. */
  readonly hasFilters?: true;
  /** Performs a task. `null`: the engine has no way to. */
  run(task: Task): Answer | null | Promise<Answer | null>;
  /** Performs a task several times and measures by itself, where the engine is in another process. No times: it has no way to. */
  runTimed?(task: Task, times: number): Promise<{ readonly ms: readonly number[]; readonly answer: Answer | null }>;
  /** Peak memory in megabytes, and the time to index the documents, if the engine is a program that was compiled first. */
  readonly peakMb?: number;
  readonly buildMs?: number;
  close?(): void | Promise<void>;
};

/** Builds an engine over a number of branches. @throws EngineUnavailable */
export type EngineFactory = (branches: number) => Promise<BenchEngine>;

/** This machine lacks an engine; the message says what to install. */
export class EngineUnavailable extends Error {}

/** Imports a package of this folder's `package.json`, which the project itself does not install. @throws EngineUnavailable */
export async function importBenchPackage<Module>(name: string): Promise<Module> {
  const { resolve } = createRequire(`${process.cwd()}/test/bench/package.json`);
  let path: string;
  try {
    path = resolve(name);
  } catch {
    throw new EngineUnavailable(`${name} is not installed: npm ci --prefix test/bench`);
  }
  return (await import(pathToFileURL(path).href)) as Module;
}

/** Checks for a program of a Debian package, because the bench installs nothing outside of its folder. @throws EngineUnavailable */
export function requireProgram(path: string, name: string, packages: readonly string[]): void {
  if (existsSync(path)) return;
  throw new EngineUnavailable(`${name} is not installed; on Debian 12, as root: apt-get install ${packages.join(' ')}`);
}
