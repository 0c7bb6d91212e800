import type { Sections } from '../file/index-format.ts';
import { type IndexMetadata, readJson } from '../file/index-metadata.ts';
import { mortonCode } from '../geo/cell-ranges.ts';
import { vectorOf } from '../geo/unit-sphere.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

/** More decimals of 180 degrees do not fit into 52 bits, and an entry of this number says that the bits of the numbers follow. */
const MAX_DECIMALS = 13;
const BITS = MAX_DECIMALS + 1;

/**
 * Coordinates along the curve are close to each other, so the differences are small: of whole numbers if all have few decimals, otherwise
 * of the bits of the numbers, whose order is that of the numbers, with the bytes of the same weight next to each other.
 */
export function readCoordinates({ coordinates }: Pick<Sections, 'coordinates'>, input: PackedReader): void {
  const decimals = input.number();
  for (const axis of [0, 1]) {
    if (decimals !== BITS) {
      const unit = Number(`1e${decimals}`);
      let last = 0;
      for (let at = axis; at < coordinates.length; at += 2) {
        last += input.signed();
        coordinates[at] = last / unit;
      }
    } else {
      const values = readColumns(coordinates.length / 2, input);
      for (let at = 0; at < values.length; at++) coordinates[at * 2 + axis] = values[at] as number;
    }
  }
}

/** Numbers of 64 bits as two halves: `BigInt` would allocate each of them. */
function readColumns(count: number, input: PackedReader): Float64Array {
  const values = new Float64Array(count);
  const bytes = new Uint8Array(values.buffer);
  for (let byte = 0; byte < 8; byte++) {
    const column = input.bytes(count);
    for (let at = 0; at < count; at++) bytes[at * 8 + byte] = column[at] as number;
  }
  const halves = new Uint32Array(values.buffer);
  let low = 0;
  let high = 0;
  for (let at = 0; at < halves.length; at += 2) {
    const lowBits = halves[at] as number;
    const highBits = halves[at + 1] as number;
    // The sign is in the lowest bit; a negative number is the complement.
    const flip = -(lowBits & 1);
    const sum = low + ((((lowBits >>> 1) | (highBits << 31)) ^ flip) >>> 0);
    high = (high + ((highBits >>> 1) ^ flip) + (sum > 0xffffffff ? 1 : 0)) >>> 0;
    low = sum >>> 0;
    halves[at] = low;
    halves[at + 1] = high;
  }
  return values;
}

export function writeCoordinates({ coordinates }: Pick<Sections, 'coordinates'>, output: PackedWriter): void {
  const decimals = decimalsOf(coordinates);
  output.number(decimals);
  for (const axis of [0, 1]) {
    const values = coordinates.filter((_, at) => at % 2 === axis);
    if (decimals === BITS) writeColumns(new BigInt64Array(values.buffer), output);
    else {
      const unit = Number(`1e${decimals}`);
      let last = 0;
      for (const value of values) {
        const whole = Math.round(value * unit);
        output.signed(whole - last);
        last = whole;
      }
    }
  }
}

/** The number of decimals that all coordinates have; {@link BITS} if one has more than {@link MAX_DECIMALS}. */
function decimalsOf(coordinates: Float64Array): number {
  let decimals = 0;
  for (const value of coordinates) {
    while (decimals < BITS && !hasDecimals(value, Number(`1e${decimals}`))) decimals++;
  }
  return decimals;
}

function hasDecimals(value: number, unit: number): boolean {
  return Object.is(Math.round(value * unit) / unit, value);
}

function writeColumns(bits: BigInt64Array, output: PackedWriter): void {
  let last = 0n;
  const differences = BigUint64Array.from(bits, (value) => {
    const difference = BigInt.asIntN(64, value - last);
    last = value;
    return BigInt.asUintN(64, difference < 0n ? -difference * 2n - 1n : difference * 2n);
  });
  const bytes = new Uint8Array(differences.buffer);
  for (let byte = 0; byte < 8; byte++) output.bytes(bytes.filter((_, at) => at % 8 === byte));
}

/** The vectors and codes of the coordinates. */
export function derivePlaces(sections: Sections): void {
  const { coordinates, vectors, mortonCodes } = sections;
  const { bounds } = readJson(sections.metadata) as IndexMetadata;
  for (let branch = 0; branch < mortonCodes.length; branch++) {
    const lat = coordinates[branch * 2] as number;
    const lon = coordinates[branch * 2 + 1] as number;
    vectors.set(vectorOf({ lat, lon }), branch * 3);
    mortonCodes[branch] = mortonCode(bounds, lat, lon);
  }
}

/** The vendor of each branch, from the branches of each vendor. */
export function deriveBranchVendor({ vendorStarts, vendorBranches, branchVendor }: Sections): void {
  for (let vendor = 0; vendor + 1 < vendorStarts.length; vendor++) {
    for (let at = vendorStarts[vendor] as number; at < (vendorStarts[vendor + 1] as number); at++) {
      branchVendor[vendorBranches[at] as number] = vendor;
    }
  }
}
