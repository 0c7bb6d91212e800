/**
 * Compresses a text in Node's thread pool. An answer of 31 kB takes 0.14 ms at level 4, 0.21 ms at level 6 for 5 % fewer bytes, and
 * 0.69 ms with the platform's CompressionStream (2026-11-21). Imports zlib on demand, because most cold starts do not need it.
 */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const { gzip: compress } = await import('node:zlib');
  return new Promise((resolve, reject) =>
    compress(text, { level: 4 }, (error, bytes) => (error ? reject(error) : resolve(new Uint8Array(bytes)))),
  );
}
