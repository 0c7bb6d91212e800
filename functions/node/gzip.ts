/**
 * Compresses a text as Node does it, outside of the thread that answers. An answer of 31 kB takes level 4 0.14 ms, level 6 0.21 for a
 * twentieth fewer bytes, and the platform's stream 0.69 (2026-11-21). Loaded when something is compressed first: a cold start mostly
 * need not.
 */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const { gzip: compress } = await import('node:zlib');
  return new Promise((resolve, reject) =>
    compress(text, { level: 4 }, (error, bytes) => (error ? reject(error) : resolve(new Uint8Array(bytes)))),
  );
}
