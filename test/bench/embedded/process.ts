import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Reply, Request } from './child.ts';
import type { Answer, JobName } from './jobs.ts';
import type { PeerName } from './measure.ts';

/** The Node that runs the peers: this folder's own 24, which has node:sqlite, where it is installed. */
const NODE_24 = 'test/bench/node_modules/node/bin/node';

/** The version of the Node that runs them. */
export function nodeVersion(): string {
  return existsSync(NODE_24) ? execFileSync(NODE_24, ['--version'], { encoding: 'utf8' }).trim() : process.version;
}

/** A peer in a process of its own, so that its memory is its own and its garbage nobody else's. */
export class PeerProcess {
  readonly name: PeerName;
  readonly ms: number;
  readonly peakMb: number;
  readonly note: string;
  readonly #child: ChildProcess;

  private constructor(name: PeerName, child: ChildProcess, built: { ms: number; peakMb: number; note: string }) {
    this.name = name;
    this.#child = child;
    this.ms = built.ms;
    this.peakMb = built.peakMb;
    this.note = built.note;
  }

  /** Builds a peer; the reason when it cannot be had. */
  static async start(name: PeerName, size: number): Promise<PeerProcess | string> {
    const child = fork('dist/bench/child.js', [name, String(size)], {
      ...(existsSync(NODE_24) ? { execPath: NODE_24 } : {}),
      execArgv: ['--max-old-space-size=12000', '--disable-warning=ExperimentalWarning'],
    });
    const reply = await answerOf(child);
    if ('built' in reply) return new PeerProcess(name, child, reply.built);
    return 'skipped' in reply ? reply.skipped : 'it answered before it was asked';
  }

  async run(job: JobName, times: number): Promise<{ ms: readonly number[]; answer: Answer | null }> {
    this.#child.send({ job, times } satisfies Request);
    const reply = await answerOf(this.#child);
    if (!('ms' in reply)) throw new Error(`${this.name} did not answer ${job}`);
    return reply;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}

async function answerOf(child: ChildProcess): Promise<Reply> {
  const stop = new AbortController();
  const { signal } = stop;
  const ended = async (): Promise<[Reply]> => {
    const [code] = await once(child, 'exit', { signal });
    return [{ skipped: `its process ended with ${code}` }];
  };
  try {
    const [reply] = (await Promise.race([once(child, 'message', { signal }), ended()])) as [Reply];
    return reply;
  } finally {
    stop.abort();
  }
}
