import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

type Numbers = Uint8Array | Uint16Array | Uint32Array;

export function readNumbers(values: Numbers, input: PackedReader): void {
  input.numbers(values);
}

export function writeNumbers(values: Numbers, output: PackedWriter): void {
  for (const value of values) output.number(value);
}

/** Each number as its difference from the previous one: starts, hours of a week, numbers of consecutive texts. */
export function readDifferences(values: Numbers, input: PackedReader): void {
  input.differences(values);
}

export function writeDifferences(values: Numbers, output: PackedWriter): void {
  let last = 0;
  for (const value of values) {
    output.signed(value - last);
    last = value;
  }
}

/** Pairs of numbers as two columns of differences: gzip finds more in columns of one kind. */
export function readPairs(values: Numbers, input: PackedReader): void {
  for (const first of [0, 1]) input.differences(values, first, 2);
}

export function writePairs(values: Numbers, output: PackedWriter): void {
  for (const first of [0, 1])
    writeDifferences(
      values.filter((_, at) => at % 2 === first),
      output,
    );
}
