import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import type { BenchEngine } from './bench-engine.ts';
import { documentLines, settingsLine, taskLine } from './peer-lines.ts';
import type { Answer, Task } from './tasks.ts';

type Options = Pick<BenchEngine, 'note'> & { readonly env?: Readonly<Record<string, string>> };
/** The program's reply to a task. It measures its own time, so that the pipe costs it nothing. */
type Reply = { readonly ms: readonly number[]; readonly answer: Answer | null };

/**
 * An engine in another language: a program that reads the settings and the documents from its standard input, writes a line when it has
 * indexed them, and then performs one task per line. It warms each task up by itself.
 */
export class PeerProgram implements BenchEngine {
  readonly hasFilters = true;
  readonly note?: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  #errors = '';
  #afterwards: () => void = () => {};
  /** Milliseconds from the start of the program until it has indexed the documents. */
  buildMs = 0;

  private constructor(child: ChildProcessWithoutNullStreams, note: string | undefined) {
    this.#child = child;
    child.stderr.on('data', (text: Buffer) => {
      this.#errors = `${this.#errors}${text}`.slice(-MAX_ERRORS);
    });
    this.#reader = createInterface({ input: child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
    if (note !== undefined) this.note = note;
  }

  /** @throws Error if the program ends before it has indexed the documents. */
  static async start(
    [program, ...words]: readonly [string, ...string[]],
    branches: number,
    { note, env }: Options,
  ): Promise<PeerProgram> {
    const started = performance.now();
    const child = spawn(program, words, { env: { ...process.env, ...env } });
    // A program that ends early closes the pipe; its missing reply is the error that counts.
    child.stdin.on('error', () => {});
    const peer = new PeerProgram(child, note);
    await peer.#send(documentsInPieces(branches));
    await peer.#reply();
    peer.buildMs = performance.now() - started;
    return peer;
  }

  /** Peak memory of the program in megabytes; 0 where the system does not tell. */
  get peakMb(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  }

  async run(task: Task): Promise<Answer | null> {
    return (await this.runTimed(task, 1)).answer;
  }

  async runTimed(task: Task, times: number): Promise<Reply> {
    this.#child.stdin.write(`${taskLine(task, times)}\n`);
    const { ms, ...answer } = (await this.#reply()) as { ms: number[] } & Answer;
    return { ms, answer: ms.length === 0 ? null : answer };
  }

  async close(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    this.#reader.close();
    this.#afterwards();
  }

  /** Calls `act` after the program has ended. */
  onClose(act: () => void): this {
    this.#afterwards = act;
    return this;
  }

  async #send(pieces: Iterable<string>): Promise<void> {
    const ended = once(this.#child, 'exit');
    for (const piece of pieces) {
      if (this.#child.exitCode !== null) return;
      if (this.#child.stdin.write(piece)) continue;
      const drained = new AbortController();
      await Promise.race([once(this.#child.stdin, 'drain', { signal: drained.signal }), ended]);
      drained.abort();
    }
  }

  async #reply(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`the program ended: ${this.#errors}`);
    return JSON.parse(value as string);
  }
}

/** Characters of the program's messages that an error includes. */
const MAX_ERRORS = 2_000;

/** Lines per write. */
const PIECE = 2_000;

function* documentsInPieces(branches: number): Generator<string> {
  let lines = [settingsLine()];
  for (const line of documentLines(branches)) {
    lines.push(line);
    if (lines.length < PIECE) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  yield `${lines.join('\n')}\n`;
}
