import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openClients, readCaller } from '../stack/clients.ts';
import { awsErrorMessage, OperatorError } from '../stack/operator-error.ts';
import { askYesOrNo } from '../stack/operator-prompt.ts';
import { CheckError, type Clock } from './check-outcome.ts';
import { CHECKS } from './checks.ts';
import { createEdgeClient } from './edge-client.ts';
import { type CheckResult, type RunInput, runChecks } from './run-checks.ts';
import { createThrowawayStack, throwawayName } from './throwaway-stack.ts';
import { verificationCost } from './verification-cost.ts';
import { HELP, parseVerifyArguments } from './verify-arguments.ts';
import { formatReport } from './verify-report.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const interruption = new AbortController();
const clock: Clock = { now: Date.now, sleep: (ms) => sleep(ms, undefined, { signal: interruption.signal }) };
const started = performance.now();

try {
  await run();
} catch (error) {
  const isExpected = error instanceof OperatorError || error instanceof CheckError;
  const message = isExpected ? error.message : awsErrorMessage(error);
  process.stderr.write(`aws:verify: ${message ?? (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const flags = parseVerifyArguments();
  if (flags.help) return print(HELP);
  const checks = CHECKS.filter(({ name }) => name.includes(flags.only));
  if (flags.list) {
    for (const { name, proves, needs } of checks)
      print(`${name}\n  proves: ${proves}\n  needs: ${[needs].flat().join(', ')}`);
    return;
  }
  const { url } = flags;
  const results = url === undefined ? await verifyThrowaway(flags) : await verifyUrl(url);
  if (results.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;

  async function report(subject: string, found: readonly CheckResult[], ending: readonly string[]): Promise<void> {
    const date = new Date().toISOString().slice(0, 16);
    await writeFile(flags.report, formatReport({ subject, revision: revision(), date, results: found, ending }));
    print(`the report is in ${flags.report}`);
  }

  async function verifyUrl(base: string): Promise<CheckResult[]> {
    process.once('SIGINT', () => interruption.abort());
    const common = { clock, signal: interruption.signal, print, isEmulator: false };
    const found = await runChecks(checks, { ...common, edge: createEdgeClient(base), stack: null });
    await report(base, found, []);
    return found;
  }

  async function verifyThrowaway({ keep, email, template, dist, sample, poll, yes, ...more }: typeof flags) {
    const clients = await openClients();
    const { account, region } = await readCaller(clients);
    const name = throwawayName();
    const question = `Create the stack ${name} in account ${account}, ${region}, check it, and destroy it?`;
    if (!yes && !(await askYesOrNo(question))) throw new OperatorError('nothing was created');
    const throwaway = createThrowawayStack({
      name,
      clients,
      print,
      script: fileURLToPath(new URL('./aws.js', import.meta.url)),
      options: ['--poll', poll],
      deployOptions: [
        '--dist',
        dist,
        ...(template ? ['--template', template] : []),
        ...(sample ? ['--sample'] : []),
        ...(more['no-wait'] ? ['--no-wait'] : []),
        ...(email ? ['--set', `AlertEmail=${email}`] : []),
      ],
    });
    process.on('SIGINT', () => {
      if (interruption.signal.aborted) process.exit(130);
      print('interrupted: destroying the stack; press Ctrl-C again to leave it');
      interruption.abort();
      throwaway.interrupt();
    });
    const ending: string[] = [];
    let found: CheckResult[] = [];
    let requests = 0;
    try {
      print(`deploying ${name}`);
      await throwaway.deploy().catch((error: Error) => {
        // Only the data could not be loaded: most checks are possible.
        if (!/everything is deployed, but/.test(error.message)) throw error;
        ending.push(error.message);
      });
      const { stack, url: base } = await throwaway.describe();
      const edge = base === null ? null : createEdgeClient(base);
      const isEmulator = process.env.AWS_ENDPOINT_URL !== undefined;
      const input: RunInput = { edge, stack, isEmulator, clock, print, signal: interruption.signal };
      found = await runChecks(checks, input);
      requests = edge?.count() ?? 0;
    } catch (error) {
      ending.push(`the verification stopped: ${(error as Error).message}`);
      process.exitCode = 1;
    } finally {
      if (keep && !interruption.signal.aborted) {
        ending.push(`the stack ${name} is kept: npm run destroy -- --stack ${name}`);
      } else {
        ending.push(
          await throwaway.destroy().catch((error: Error) => {
            process.exitCode = 1;
            return `${error.message}; to try again: npm run destroy -- --stack ${name}`;
          }),
        );
      }
      ending.push(verificationCost(requests, (performance.now() - started) / 3_600_000));
    }
    for (const line of ending) print(line);
    if (interruption.signal.aborted) process.exitCode = 130;
    await report(`stack ${name} in ${region}`, found, ending);
    return found;
  }
}

function revision(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
