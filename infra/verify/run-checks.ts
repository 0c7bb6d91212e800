import type { Check, CheckInput, DeployedStack, StackCheck } from './check.ts';
import type { Clock } from './check-outcome.ts';
import { SkippedError } from './check-outcome.ts';
import type { EdgeClient } from './edge-client.ts';

export type CheckResult = {
  readonly check: Check;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What was observed, or why the check was skipped. */
  readonly detail: string;
  readonly seconds: number;
};

export type RunInput = {
  /** `null`: the stack has no URL. */
  readonly edge: EdgeClient | null;
  /** `null`: only a URL is known. */
  readonly stack: DeployedStack | null;
  /** Whether an emulator takes the place of AWS, which lacks some types of resources. */
  readonly isEmulator: boolean;
  readonly clock: Clock;
  /** Aborts when the operator interrupts: the remaining checks are skipped. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
};

/** Runs the checks one after the other; a failure does not stop the others. */
export async function runChecks(checks: readonly Check[], input: RunInput): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const started = performance.now();
    const { outcome, detail } = await runCheck(check, input);
    const seconds = (performance.now() - started) / 1_000;
    results.push({ check, outcome, detail, seconds });
    const label = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' }[outcome];
    input.print(`${label} ${seconds.toFixed(1).padStart(6)} s  ${check.name}${detail ? `: ${detail}` : ''}`);
  }
  return results;
}

async function runCheck(check: Check, input: RunInput): Promise<Pick<CheckResult, 'outcome' | 'detail'>> {
  const { edge, stack, signal, clock } = input;
  const reason = signal.aborted ? 'interrupted' : unmetNeed(check, input);
  if (reason !== null) return { outcome: 'skipped', detail: reason };
  // Only checks of the stack run without a URL, and those do not use it.
  const common = { edge, clock } as CheckInput;
  try {
    const detail = isUrlCheck(check) ? check.run(common) : check.run({ ...common, stack: stack as DeployedStack });
    return { outcome: 'passed', detail: (await detail) ?? '' };
  } catch (error) {
    if (error instanceof SkippedError) return { outcome: 'skipped', detail: error.message };
    if (signal.aborted) return { outcome: 'skipped', detail: 'interrupted' };
    return { outcome: 'failed', detail: (error as Error).message };
  }
}

function isUrlCheck(check: Check): check is Exclude<Check, StackCheck> {
  return check.needs === 'url' || check.needs === 'https';
}

/** Why a check cannot run; `null` if it can. */
function unmetNeed({ needs }: Check, { edge, stack, isEmulator }: RunInput): string | null {
  if (needs === 'url' || needs === 'https') {
    if (!edge) return 'the stack has no URL: the emulator has no CloudFront';
    return needs === 'https' && !edge.base.startsWith('https:') ? 'the URL has no TLS' : null;
  }
  if (!stack) return 'needs a stack: run without --url';
  const missing = needs === 'stack' ? [] : needs.filter((name) => !stack.resources.has(name));
  if (missing.length === 0) return null;
  // In AWS, a missing resource is a failure, which the check reports by itself.
  return isEmulator ? `the emulator did not create ${missing.join(', ')}` : null;
}
