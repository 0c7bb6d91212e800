import { describe, expect, it } from 'vitest';
import { createQueueDelay } from '../../../functions/node/queue-delay.ts';
import { Random } from '../../fixtures/random.ts';

/** A limit of 100 ms in a loop whose time passes when the simulation says so. */
function simulatedLoop(time: number) {
  const loop = { time, endTurn: () => {}, isTooLate: () => false };
  loop.isTooLate = createQueueDelay(
    100,
    () => loop.time,
    (callback) => {
      loop.endTurn = callback;
    },
  );
  return loop;
}

/** A loop with one turn after the other: in each, `requests` arrive at once and each costs `costMs`, refused ones a tenth of it. */
function simulate(turns: readonly { requests: number; costMs: number; pauseMs?: number }[]) {
  const loop = simulatedLoop(1_000);
  return turns.map(({ requests, costMs, pauseMs = 0 }) => {
    loop.time += pauseMs;
    let answered = 0;
    for (let request = 0; request < requests; request++) {
      const refused = loop.isTooLate();
      if (!refused) answered += 1;
      loop.time += refused ? costMs / 10 : costMs;
    }
    loop.endTurn();
    return answered;
  });
}

/** Requests of independent clients, whether or not the loop keeps up: when each admitted one arrived, and how long it waited for its answer. */
function arrive({
  perMs,
  costMs,
  refusalMs,
  seconds,
}: {
  perMs: number;
  costMs: number;
  refusalMs: number;
  seconds: number;
}) {
  const loop = simulatedLoop(0);
  const random = new Random(17);
  const exponential = (mean: number) => -Math.log(1 - random.next()) * mean;
  const waits: { at: number; waitedMs: number }[] = [];
  let next = 0;
  let refused = 0;
  while (loop.time < seconds * 1_000) {
    loop.time = Math.max(loop.time, next);
    // One turn of the loop reads what has arrived before it.
    for (const turnStart = loop.time; next <= turnStart; next += exponential(1 / perMs)) {
      const tooLate = loop.isTooLate();
      loop.time += tooLate ? refusalMs : exponential(costMs);
      if (tooLate) refused += 1;
      else waits.push({ at: next, waitedMs: loop.time - next });
    }
    loop.endTurn();
  }
  return { waits, refused };
}

describe('the queue’s delay', () => {
  it('answers everything below the limit', () => {
    const turns = Array.from({ length: 200 }, () => ({ requests: 10, costMs: 0.4, pauseMs: 1 }));
    expect(simulate(turns)).toEqual(turns.map(() => 10));
  });

  it('absorbs a burst of 100 ms, and refuses what would wait longer', () => {
    expect(simulate([{ requests: 100, costMs: 1, pauseMs: 50 }])).toEqual([100]);
    expect(simulate([{ requests: 300, costMs: 1, pauseMs: 50 }])).toEqual([101]);
  });

  it('answers a burst after a pause of the process, and each of several bursts', () => {
    const burst = { requests: 90, costMs: 1, pauseMs: 300 };
    expect(simulate([burst, burst, burst])).toEqual([90, 90, 90]);
  });

  it('refuses what waits for more than 5 ms while the queue is never empty, and recovers', () => {
    const overload = Array.from({ length: 50 }, () => ({ requests: 60, costMs: 0.5 }));
    const answered = simulate([...overload, { requests: 5, costMs: 0.5 }, { requests: 60, costMs: 0.5 }]);
    // A turn takes 30 ms, so that 100 ms are over after 20 requests of the fourth turn.
    expect(answered.slice(0, 4)).toEqual([60, 60, 60, 21]);
    for (const count of answered.slice(4, 50)) expect(count).toBe(11);
    expect(answered.slice(50)).toEqual([5, 11]);
    const calm = { requests: 8, costMs: 0.5, pauseMs: 1_000 };
    expect(simulate([...overload, calm, { requests: 60, costMs: 0.5 }]).slice(50)).toEqual([8, 60]);
  });

  it.each([1.2, 1.8, 3])('answers within 25 ms for as long as %d times of its capacity arrive', (load) => {
    const { waits, refused } = arrive({ perMs: load / 0.4, costMs: 0.4, refusalMs: 0.08, seconds: 20 });
    expect(refused).toBeGreaterThan(0);
    // The long limit applies once, to the burst with which the overload begins.
    const later = waits.filter(({ at }) => at > 1_000).map(({ waitedMs }) => waitedMs);
    expect(later.length).toBeGreaterThan(10_000);
    expect(Math.max(...later)).toBeLessThan(25);
  });

  it('refuses none of eight clients, however slow their requests are', () => {
    const slow = Array.from({ length: 100 }, () => ({ requests: 8, costMs: 40 }));
    expect(simulate(slow)).toEqual(slow.map(() => 8));
  });

  it('refuses no lone request, however long it takes', () => {
    const slow = Array.from({ length: 20 }, () => ({ requests: 1, costMs: 400 }));
    expect(simulate(slow)).toEqual(slow.map(() => 1));
  });
});
