import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Node that runs the doors: this one, or the newer one of the container when CURBSIDE_NODE names it. */
const NODE = process.env.CURBSIDE_NODE || process.execPath;

export type Running = {
  readonly url: string;
  /** All that it has said so far, both streams. */
  readonly said: () => string;
  readonly child: ChildProcess;
  /** Asks it to stop; the exit code. */
  stop(): Promise<number | null>;
};

/** Starts the built server and waits until it says where it listens. @throws Error with what it said when it ends before. */
export async function startServer(args: string[], env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(NODE, ['dist/server.js', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const match = /^Curbside: (http:\S+)$/m.exec(said);
      if (match?.[1]) resolve(match[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return {
    url,
    said: () => said,
    child,
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      return (await ended)[0] as number | null;
    },
  };
}

/** Runs a built door to its end. */
export async function run(
  door: string,
  args: string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(NODE, [`dist/${door}.js`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
