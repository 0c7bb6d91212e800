import { describe, expect, it } from 'vitest';
import { joinInSlices, piecesInSlices } from '../../../functions/model/time-slices.ts';

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
