import { describe, expect, it } from 'vitest';
import { createWaitingRequests } from '../../../functions/threads/waiting-requests.ts';
import { Random } from '../../fixtures/random.ts';

/** Requests of independent clients, and a thread that needs `costMs` for each: how long the answered ones waited, and how many were given up. */
function simulate({
  perMs,
  costMs,
  seconds,
  limitMs,
}: Record<'perMs' | 'costMs' | 'seconds', number> & { limitMs: number | null }) {
  let time = 0;
  let givenUp = 0;
  const waiting = createWaitingRequests<{ at: number }>(
    limitMs,
    () => givenUp++,
    () => time,
  );
  const random = new Random(19);
  const exponential = (mean: number) => -Math.log(1 - random.next()) * mean;
  const waits: number[] = [];
  let arrival = 0;
  while (time < seconds * 1_000) {
    const now = time;
    for (; arrival <= now; arrival += exponential(1 / perMs)) {
      time = arrival;
      waiting.add({ at: arrival });
    }
    time = now;
    const next = waiting.next();
    if (next) waits.push(time - next.at);
    time = next ? time + exponential(costMs) : Math.max(time, arrival);
  }
  waits.sort((a, b) => a - b);
  return { answered: waits.length, givenUp, p99Ms: waits[Math.floor(waits.length * 0.99)] ?? 0 };
}

describe('waiting requests', () => {
  it('are given up at three times the rate that is possible, so that the others wait for some milliseconds', () => {
    const { answered, givenUp, p99Ms } = simulate({ perMs: 3, costMs: 1, seconds: 20, limitMs: 100 });
    expect(answered).toBeGreaterThan(19_000);
    expect(givenUp).toBeGreaterThan(38_000);
    expect(p99Ms).toBeLessThan(15);
    expect(simulate({ perMs: 3, costMs: 1, seconds: 20, limitMs: null }).p99Ms).toBeGreaterThan(10_000);
  });

  it('are all answered at half of that rate', () => {
    expect(simulate({ perMs: 0.5, costMs: 1, seconds: 20, limitMs: 100 }).givenUp).toBe(0);
  });

  it('are never given up while there are eight or fewer, whatever they wait for', () => {
    let time = 0;
    const givenUp: string[] = [];
    const waiting = createWaitingRequests<string>(
      100,
      (item) => givenUp.push(item),
      () => time,
    );
    for (const item of 'abcdefgh') waiting.add(item);
    time = 5_000;
    expect([waiting.isLate(), waiting.next()]).toEqual([false, 'a']);
    for (const item of 'ij') waiting.add(item);
    time = 10_000;
    expect(waiting.isLate()).toBe(true);
    expect(waiting.next()).toBe('c');
    expect(givenUp).toEqual(['b']);
  });

  it('do not include those whose callers left', () => {
    const waiting = createWaitingRequests<string>(100, () => {});
    for (const item of 'abc') waiting.add(item);
    expect([waiting.remove('a'), waiting.remove('a'), waiting.size()]).toEqual([true, false, 2]);
    expect([waiting.next(), waiting.next(), waiting.next()]).toEqual(['b', 'c', undefined]);
  });
});
