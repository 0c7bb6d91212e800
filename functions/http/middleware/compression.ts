/** Compresses a text to gzip. */
export type Gzip = (text: string) => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;

/** Most codings of an `Accept-Encoding` that are read. Browsers send four; 16 kB of commas took 5 ms. */
const MAX_CODINGS = 50;

/** Whether an `Accept-Encoding` accepts gzip (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | null): boolean {
  if (header === null) return false;
  if (header.startsWith('gzip,')) return true;
  const codings = header
    .toLowerCase()
    .split(',', MAX_CODINGS)
    .map((one) => one.split(';', MAX_CODINGS));
  const find = (name: string) => codings.find(([coding = '']) => coding.trim() === name);
  const [, ...weights] = find('gzip') ?? find('*') ?? ['', 'q=0'];
  return !weights.some((weight) => /^\s*q=0(\.0*)?\s*$/.test(weight));
}

/** The default, which every platform has. An entry point that has a faster one passes it to the app. */
export async function gzipStream(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
