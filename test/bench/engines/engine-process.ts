import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { BENCH_NODE } from '../bench-node.ts';
import type { Reply, Request } from './engine-worker.ts';
import type { EngineName } from './measure.ts';
import type { Answer, TaskName } from './tasks.ts';

/** An engine in a process of its own, so that its memory is measured alone and its garbage collection delays no other engine. */
export class EngineProcess {
  readonly name: EngineName;
  readonly ms: number;
  readonly peakMb: number;
  readonly note: string;
  readonly #child: ChildProcess;

  private constructor(name: EngineName, child: ChildProcess, built: { ms: number; peakMb: number; note: string }) {
    this.name = name;
    this.#child = child;
    this.ms = built.ms;
    this.peakMb = built.peakMb;
    this.note = built.note;
  }

  /** Builds an engine, or returns the reason why this machine cannot. */
  static async start(name: EngineName, size: number): Promise<EngineProcess | string> {
    const child = fork('dist/bench/engine-worker.js', [name, String(size)], {
      execPath: BENCH_NODE,
      execArgv: ['--max-old-space-size=12000', '--disable-warning=ExperimentalWarning'],
    });
    const reply = await nextReply(child);
    if ('built' in reply) return new EngineProcess(name, child, reply.built);
    return 'unavailable' in reply ? reply.unavailable : 'it replied before a request';
  }

  async run(task: TaskName, times: number): Promise<{ ms: readonly number[]; answer: Answer | null }> {
    this.#child.send({ task, times } satisfies Request);
    const reply = await nextReply(this.#child);
    if (!('ms' in reply)) throw new Error(`${this.name} did not perform ${task}`);
    return reply;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}

async function nextReply(child: ChildProcess): Promise<Reply> {
  const stop = new AbortController();
  const { signal } = stop;
  const ended = async (): Promise<[Reply]> => {
    const [code] = await once(child, 'exit', { signal });
    return [{ unavailable: `its process ended with ${code}` }];
  };
  try {
    const [reply] = (await Promise.race([once(child, 'message', { signal }), ended()])) as [Reply];
    return reply;
  } finally {
    stop.abort();
  }
}
