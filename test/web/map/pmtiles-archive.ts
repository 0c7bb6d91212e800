import { deflateSync } from 'node:zlib';

/*
 * Writes small PMTiles archives, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md). One directory entry
 * repeats the same tile at every position of every zoom level.
 */

const HEADER_BYTES = 127;
/** Deepest zoom level of the archives. */
const MAX_ZOOM = 12;
const UNCOMPRESSED = 1;
export const VECTOR = 1;
export const PNG = 2;

/** An archive of one tile, followed by `padding` bytes that no reader needs. */
export function archiveOf(tile: Uint8Array, type: typeof VECTOR | typeof PNG, padding = 0): Uint8Array {
  // All tiles of the levels 0 to MAX_ZOOM: 1 + 4 + 16 + …
  const positions = (4 ** (MAX_ZOOM + 1) - 1) / 3;
  // Number of entries; id of the first tile; run length; length of the tile; its offset plus one.
  const directory = Uint8Array.from([1, 0, positions, tile.length, 1].flatMap(varint));
  const metadata = new TextEncoder().encode('{}');
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  new TextEncoder().encode('PMTiles').forEach((byte, at) => {
    header.setUint8(at, byte);
  });
  header.setUint8(7, 3);
  const tiles = HEADER_BYTES + directory.length + metadata.length;
  const fields = [
    [HEADER_BYTES, directory.length],
    [HEADER_BYTES + directory.length, metadata.length],
    [tiles, 0],
    [tiles, tile.length],
    [positions, 1],
    [1, 0],
  ].flat();
  for (const [at, field] of fields.slice(0, 11).entries()) header.setBigUint64(8 + at * 8, BigInt(field), true);
  // Clustered, and neither directories nor tiles are compressed.
  for (const [at, byte] of [1, UNCOMPRESSED, UNCOMPRESSED, type, 0, MAX_ZOOM].entries()) header.setUint8(96 + at, byte);
  for (const [at, degrees] of [-180, -85, 180, 85].entries()) header.setInt32(102 + at * 4, degrees * 1e7, true);
  const parts = [new Uint8Array(header.buffer), directory, metadata, tile, new Uint8Array(padding)];
  return Uint8Array.from(Buffer.concat(parts));
}

/** A PNG of one colour, 256 pixels wide. */
export function plainPng([red, green, blue]: readonly [number, number, number]): Uint8Array {
  const side = 256;
  const row = [0, ...Array.from({ length: side }, () => [red, green, blue]).flat()];
  const size = new DataView(new ArrayBuffer(13));
  size.setUint32(0, side);
  size.setUint32(4, side);
  // Eight bits, red-green-blue.
  size.setUint16(8, 0x0802);
  const data = deflateSync(Uint8Array.from(Array.from({ length: side }, () => row).flat()));
  const start = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const chunks = [chunk('IHDR', new Uint8Array(size.buffer)), chunk('IDAT', data), chunk('IEND', new Uint8Array())];
  return Buffer.concat([start, ...chunks]);
}

/** A vector tile covered with land, in the schema of the Protomaps basemap. */
export function landTile(): Uint8Array {
  const extent = 4096;
  const zigzag = (n: number) => (n << 1) ^ (n >> 31);
  const moves = [[0, 0]].flat();
  const lines = [extent, 0, 0, extent, -extent, 0];
  const geometry = [(1 << 3) | 1, ...moves.map(zigzag), (3 << 3) | 2, ...lines.map(zigzag), (1 << 3) | 7];
  const polygon = [...packed(2, [0, 0]), ...number(3, 3), ...packed(4, geometry)];
  const layer = [
    ...number(15, 2),
    ...bytes(1, text('earth')),
    ...bytes(2, polygon),
    ...bytes(3, text('kind')),
    ...bytes(4, bytes(1, text('earth'))),
    ...number(5, extent),
  ];
  return Uint8Array.from(bytes(3, layer));
}

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))];
}

const text = (words: string) => [...new TextEncoder().encode(words)];
const number = (field: number, value: number) => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: readonly number[]) => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
];
const packed = (field: number, values: readonly number[]) => bytes(field, values.flatMap(varint));

/** A chunk of a PNG with its checksum (CRC-32). */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const content = Uint8Array.from([...text(name), ...data]);
  let sum = 0xffffffff;
  for (const byte of content) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  const [length, check] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
  length.setUint32(0, data.length);
  check.setUint32(0, ~sum >>> 0);
  return Buffer.concat([new Uint8Array(length.buffer), content, new Uint8Array(check.buffer)]);
}
