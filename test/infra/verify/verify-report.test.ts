import { describe, expect, it } from 'vitest';
import { checkStackName } from '../../../infra/stack/describe-stack.ts';
import { CHECKS } from '../../../infra/verify/checks.ts';
import { describeTimes } from '../../../infra/verify/latency-checks.ts';
import type { CheckResult } from '../../../infra/verify/run-checks.ts';
import { throwawayName } from '../../../infra/verify/throwaway-stack.ts';
import { verificationCost } from '../../../infra/verify/verification-cost.ts';
import { formatReport } from '../../../infra/verify/verify-report.ts';

const [first, second, third] = CHECKS;
const results = [
  { check: first, outcome: 'passed', detail: 'p50 12 ms | p95\n40 ms', seconds: 1.25 },
  {
    check: second,
    outcome: 'failed',
    detail: 'arn:aws:sns:us-east-1:123456789012:Alerts of me@example.org',
    seconds: 2,
  },
  { check: third, outcome: 'skipped', detail: 'the emulator did not create ApiUrl', seconds: 0 },
] as CheckResult[];

describe('the report of aws:verify', () => {
  const report = formatReport({
    subject: 'stack verify-1a2b3c4d in us-east-1',
    revision: 'abc',
    date: '2026-11-27T04:00',
    results,
    ending: ['verify-1a2b3c4d is deleted; nothing is left', 'AKIAIOSFODNN7EXAMPLE'],
  });

  it('names each check with its result, what it proves, and what was observed or why it was skipped', () => {
    expect(report).toContain('1 checks passed, 1 failed, 1 were skipped.');
    expect(report).toContain(`| passed | ${first?.name} | ${first?.proves} | p50 12 ms \\| p95 40 ms | 1.3 |`);
    expect(report).toContain(`| **failed** | ${second?.name} |`);
    expect(report).toContain(`| ${third?.name} | ${third?.proves} | the emulator did not create ApiUrl |`);
    expect(report).toContain('- verify-1a2b3c4d is deleted; nothing is left');
  });

  it('has no account number, e-mail address or key', () => {
    expect(report).toContain('arn:aws:sns:us-east-1:<account>:Alerts of <e-mail>');
    expect(report).not.toMatch(/\d{12}|@example|AKIA/);
  });
});

describe('the table of checks', () => {
  it('has a unique name, a reason and a need for each check', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
    for (const { name, proves, needs } of CHECKS)
      expect([name, proves.length > 10, needs.length > 0]).toEqual([name, true, true]);
  });
});

it('measures by percentiles', () => {
  expect(describeTimes([30, 10, 20, 1_000])).toBe('p50 30 ms, p95 1000 ms, slowest 1000 ms (4 requests)');
});

it('gives each stack a name that no other has, and that a stack may have', () => {
  const names = Array.from({ length: 20 }, throwawayName);
  expect(new Set(names).size).toBe(20);
  expect(names.map(checkStackName)).toEqual(names);
});

it('estimates less than ten cents for an hour', () => {
  expect(Number(/\$(\d+\.\d+)/.exec(verificationCost(500, 0.7))?.[1])).toBeLessThan(0.1);
  expect(verificationCost(500, 0.7)).toContain('(500 requests, 1 h)');
});
