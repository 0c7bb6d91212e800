import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../functions/node/rate-limit.ts';

describe('the limit of a client', () => {
  it('is a minute’s requests at once, and then one at a time', () => {
    let time = 5_000;
    const decide = createRateLimit(60, () => time);
    const remaining = Array.from({ length: 60 }, () => decide('a'));
    expect(remaining.every(({ waitMs }) => waitMs === 0)).toBe(true);
    expect(remaining.map((one) => one.remaining)).toEqual(Array.from({ length: 60 }, (_, at) => 59 - at));
    expect(decide('a')).toEqual({ waitMs: 1_000, remaining: 0 });
    expect(decide('b')).toEqual({ waitMs: 0, remaining: 59 });
    time += 999;
    expect(decide('a').waitMs).toBeCloseTo(1, 6);
    time += 1;
    expect(decide('a')).toEqual({ waitMs: 0, remaining: 0 });
    time += 60_000;
    expect(decide('a')).toEqual({ waitMs: 0, remaining: 59 });
  });

  it.each([1, 7, 6_000, 60_000])('of %i a minute is exact in the long run', (perMinute) => {
    let time = 0;
    const decide = createRateLimit(perMinute, () => time);
    let allowed = 0;
    // A client that asks ten times a second at least, and often enough to use everything.
    const stepMs = Math.min(100, 30_000 / perMinute);
    const steps = Math.min(3_600_000 / stepMs, 400_000);
    for (let step = 0; step <= steps; step++) {
      time = step * stepMs;
      if (decide('a').waitMs === 0) allowed += 1;
    }
    const expected = perMinute + Math.floor((time / 60_000) * perMinute);
    expect(Math.abs(allowed - expected)).toBeLessThanOrEqual(1);
  });

  it('remembers the newest 50,000 of a million addresses', () => {
    const decide = createRateLimit(6_000, () => 0);
    const addressOf = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
    for (let number = 0; number < 1_000_000; number++) decide(addressOf(number));
    // Asked in this order, because asking remembers the client.
    expect(decide(addressOf(1_000_000 - 50_000)).remaining).toBe(5_998);
    expect(decide(addressOf(1_000_000 - 50_002)).remaining).toBe(5_999);
  });
});
