import { median } from '../bench/median.ts';

/** An answer faster than this is never at fault, milliseconds: on a busy machine such short times grow by chance. */
const FLOOR_MS = 12;

/** A text that is four times as long may take eight times as long: linear work takes four times, quadratic work sixteen. */
const MAX_RATIO = 8;

const ROUNDS = 3;

type Act = () => unknown;

/** Processor time, which the other processes of a busy machine do not lengthen, milliseconds. */
async function timeOf(act: Act): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function medianOf(act: Act): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timeOf(act));
  return median(times);
}

/**
 * Compares an action on a text with the same action on a text that is four times as long.
 * @returns what is wrong with the growth, with the medians; `null` if it is at most about linear
 */
export async function growthFault(short: Act, long: Act): Promise<string | null> {
  // Most texts are answered within the floor, and need no second measurement.
  if ((await timeOf(long)) < FLOOR_MS) return null;
  const [before, after] = [await medianOf(short), await medianOf(long)];
  if (after < FLOOR_MS || after < before * MAX_RATIO) return null;
  return `${before.toFixed(1)} ms, and ${after.toFixed(1)} ms for four times the text`;
}
