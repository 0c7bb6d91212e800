import { describe, expect, it } from 'vitest';
import {
  inSlices,
  joinInSlices,
  oneAtATime,
  piecesInSlices,
  type Steps,
} from '../../../functions/model/time-slices.ts';

/** A part that takes some milliseconds. */
function slowPart(text: string): string {
  const end = performance.now() + 3;
  while (performance.now() < end);
  return text;
}

function* slowParts(count: number): Generator<string> {
  for (let at = 0; at < count; at++) yield slowPart(`${at},`);
}

const EXPECTED = Array.from({ length: 30 }, (_, at) => `${at},`).join('');

/** Counts the turns of the event loop while something is computed. */
async function turnsDuring(compute: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const next = () => {
    turns++;
    if (!isDone) setImmediate(next);
  };
  setImmediate(next);
  await compute();
  isDone = true;
  return turns;
}

describe('a long computation', () => {
  it('lets others run between its slices', async () => {
    let text = '';
    const turns = await turnsDuring(async () => {
      text = await joinInSlices(slowParts(30));
    });
    expect(text).toBe(EXPECTED);
    expect(turns).toBeGreaterThan(5);
  });

  it('lets others run between its pieces', async () => {
    let text = '';
    const turns = await turnsDuring(async () => {
      for await (const piece of piecesInSlices(slowParts(30))) text += piece;
    });
    expect(text).toBe(EXPECTED);
    expect(turns).toBeGreaterThan(5);
  });

  it('ends when nobody waits for it any more', async () => {
    let computed = 0;
    function* parts() {
      for (const part of slowParts(1_000)) {
        computed++;
        yield part;
      }
    }
    const left = new Error('the caller left');
    const stop = () => {
      if (computed > 10) throw left;
    };
    await expect(joinInSlices(parts(), stop)).rejects.toBe(left);
    expect(computed).toBeLessThan(100);
  });

  it('of a short text takes one turn', async () => {
    let between = 0;
    expect(await joinInSlices(['a', 'b'], () => between++)).toBe('ab');
    expect(between).toBe(0);
  });
});

describe('computations in steps', () => {
  function* slowSteps(log: string[], name: string, steps: number): Steps<string> {
    log.push(`${name} begins`);
    for (let at = 0; at < steps; at++) {
      slowPart(name);
      yield;
    }
    log.push(`${name} ends`);
    return name;
  }
  // biome-ignore lint/correctness/useYield: it fails in its first step
  function* failing(): Steps<string> {
    throw new Error('it failed');
  }

  it('let others run between their slices, and have their result at once if there is only one', async () => {
    expect(inSlices(slowSteps([], 'a', 0))).toBe('a');
    const turns = await turnsDuring(async () => {
      expect(await inSlices(slowSteps([], 'a', 30))).toBe('a');
    });
    expect(turns).toBeGreaterThan(5);
  });

  it('that share something run one after another, also if one fails', async () => {
    const log: string[] = [];
    const run = oneAtATime();
    const first = run(slowSteps(log, 'a', 10));
    const others = [run(slowSteps(log, 'b', 10)), run(failing()), run(slowSteps(log, 'c', 1))];
    expect(log).toEqual(['a begins']);
    expect(await first).toBe('a');
    expect(await Promise.allSettled(others)).toEqual([
      { status: 'fulfilled', value: 'b' },
      { status: 'rejected', reason: new Error('it failed') },
      { status: 'fulfilled', value: 'c' },
    ]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(run(slowSteps(log, 'd', 0))).toBe('d');
  });
});
