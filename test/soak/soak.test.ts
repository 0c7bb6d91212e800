import { describe, expect, it } from 'vitest';
// The server of the soak is a process of its own.
import '../fixtures/server-process.ts';
import { slopeOf } from './regression.ts';
import { brokenInvariants, summary } from './soak-report.ts';
import { soak } from './soak-run.ts';

describe('the soak', () => {
  it('works, and finds nothing in 12 seconds of mixed load', { timeout: 120_000 }, async () => {
    const measurements = await soak({ seconds: 12, loadSeconds: 2, swapMs: 2_000, clients: 3 });
    // Other tests use the same cores, so that the times of this run say nothing.
    const broken = brokenInvariants(measurements).filter((one) => !one.startsWith('p99'));
    expect(broken, summary(measurements)).toEqual([]);
    expect(measurements.mixed.tried).toBeGreaterThan(300);
    expect(measurements.swaps).toBeGreaterThan(3);
    expect(Object.keys(measurements.mixed.perRelease).length).toBeGreaterThan(1);
    expect(measurements.samples.length).toBeGreaterThan(5);
    expect(summary(measurements)).toMatch(/p99 idle .* at 1x .* at 3x /);
  });

  it('reports a slope with its standard error', () => {
    const points = [0, 1, 2, 3].map((seconds) => ({ seconds, value: 2 * seconds + (seconds % 2 ? 1 : -1) }));
    const { perSecond, standardError } = slopeOf(points);
    expect(perSecond).toBeCloseTo(2.4);
    expect(standardError).toBeCloseTo(Math.sqrt(3.2 / 2 / 5));
  });
});
