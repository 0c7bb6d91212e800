import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from '../stack/clients.ts';
import { describeStack, resourceIds } from '../stack/describe-stack.ts';
import type { DeployedStack } from './check.ts';
import { CheckError } from './check-outcome.ts';

export type ThrowawayInput = {
  readonly name: string;
  readonly clients: Clients;
  /** The built script of `npm run aws`. */
  readonly script: string;
  /** Options of each deployment. */
  readonly deployOptions: readonly string[];
  readonly options: readonly string[];
  readonly print: (line: string) => void;
};

/** A name that no other stack has, within the 20 characters that a stack's name may have. */
export function throwawayName(): string {
  return `verify-${randomBytes(4).toString('hex')}`;
}

/** Time between two attempts to delete a stack that is still being changed, and for all attempts. Milliseconds. */
const RETRY_MS = 15_000;
const RETRY_LIMIT_MS = 40 * 60_000;

/** A stack that exists for one verification. It is deployed and operated by the commands that operators use. */
export function createThrowawayStack(input: ThrowawayInput) {
  const { name, clients, script, deployOptions, options, print } = input;
  let running: ReturnType<typeof spawn> | undefined;

  async function command(args: readonly string[], show: (line: string) => void): Promise<string> {
    const all = [...args, ...(args[0] === 'deploy' ? deployOptions : []), '--stack', name, '--yes', ...options];
    // In a group of its own, because Ctrl-C must not end it in the middle: `interrupt` does.
    const child = spawn(process.execPath, [script, ...all], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    // An interruption must not end the deletion.
    if (args[0] !== 'destroy') running = child;
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
      for (const line of String(chunk).trimEnd().split('\n')) show(line);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    running = undefined;
    if (code !== 0) throw new CheckError(`${args.join(' ')}: ${err.trim() || `exit code ${code}`}`);
    return out;
  }
  const indented = (line: string) => print(`       ${line}`);

  return {
    deploy: () => command(['deploy'], indented),
    /** The stack for the checks, and its URL; `null`: it has none. */
    async describe(): Promise<{ readonly stack: DeployedStack; readonly url: string | null }> {
      const [resources, stack] = await Promise.all([
        resourceIds(clients.cloudFormation, name),
        describeStack(clients.cloudFormation, name),
      ]);
      const edge = stack?.outputs.EdgeName;
      const run = (...args: readonly string[]) => command(args, () => {});
      return { stack: { name, clients, resources, command: run }, url: edge ? `https://${edge}` : null };
    },
    /** Ends the running command. CloudFormation finishes what it has begun. */
    interrupt: () => void running?.kill('SIGTERM'),
    /** Deletes the stack, as soon as nothing else changes it. @returns what the command says about what is left */
    async destroy(): Promise<string> {
      const deadline = Date.now() + RETRY_LIMIT_MS;
      for (;;) {
        try {
          const out = await command(['destroy'], indented);
          return out.trim().split('\n').at(-1) ?? '';
        } catch (error) {
          if (!/is being changed right now/.test((error as Error).message) || Date.now() > deadline) throw error;
          print('       the stack is still being changed: trying again');
          await sleep(RETRY_MS);
        }
      }
    },
  };
}
