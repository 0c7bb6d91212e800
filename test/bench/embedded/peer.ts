import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Answer, Job } from './jobs.ts';

/** An engine that was given the documents. */
export type Peer = {
  /** Says something that the reader of its numbers should know. */
  readonly note?: string;
  /** Answers a job; `null` when it has no way to. */
  run(job: Job): Answer | null | Promise<Answer | null>;
  close?(): void | Promise<void>;
};

/** Builds a peer over so many branches. Throws {@link Skipped} where it cannot be had on this machine. */
export type PeerMaker = (branches: number) => Promise<Peer>;

/** A peer cannot be had here; the message says why. */
export class Skipped extends Error {}

/** A package of this folder's own `package.json`, which the project does not install. */
export async function peerPackage<Module>(name: string): Promise<Module> {
  const { resolve } = createRequire(`${process.cwd()}/test/bench/package.json`);
  let path: string;
  try {
    path = resolve(name);
  } catch {
    throw new Skipped(`${name} is not installed: npm ci --prefix test/bench`);
  }
  return (await import(pathToFileURL(path).href)) as Module;
}
