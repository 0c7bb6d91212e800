import { type FileHandle, open } from 'node:fs/promises';

/** The system reads at most 2 GiB - 4 KiB in one call, and `readFile` refuses larger files. */
const MAX_READ_BYTES = 2 ** 30;
/** Bytes of a chunk of a stream. */
const CHUNK_BYTES = 2 ** 20;

/** Reads a whole file of any size that fits into one array (4 GiB in Node 20). @param pieceBytes read in one call */
export function readInPieces(path: string, pieceBytes?: number): Promise<Uint8Array<ArrayBuffer>> {
  return readInto(path, (bytes) => new Uint8Array(bytes), pieceBytes);
}

/** Like {@link readInPieces}, into memory that threads can share. */
export function readShared(path: string, pieceBytes?: number): Promise<Uint8Array<SharedArrayBuffer>> {
  return readInto(path, (bytes) => new Uint8Array(new SharedArrayBuffer(bytes)), pieceBytes);
}

async function readInto<Buffer extends ArrayBufferLike>(
  path: string,
  allocate: (bytes: number) => Uint8Array<Buffer>,
  pieceBytes = MAX_READ_BYTES,
): Promise<Uint8Array<Buffer>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) return copyOf(await file.readFile(), allocate);
    const bytes = allocated(path, size, allocate);
    let at = 0;
    while (at < size) {
      const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, size - at), at);
      if (bytesRead === 0) return bytes.subarray(0, at) as Uint8Array<Buffer>;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Of a file whose size the system does not tell, or that is empty. */
function copyOf<Buffer extends ArrayBufferLike>(
  read: Uint8Array,
  allocate: (bytes: number) => Uint8Array<Buffer>,
): Uint8Array<Buffer> {
  const bytes = allocate(read.length);
  bytes.set(read);
  return bytes;
}

function allocated<Buffer extends ArrayBufferLike>(
  path: string,
  bytes: number,
  allocate: (bytes: number) => Uint8Array<Buffer>,
): Uint8Array<Buffer> {
  try {
    return allocate(bytes);
  } catch {
    throw new Error(`${path} has ${bytes} bytes, which are more than this version of Node keeps in one array`);
  }
}

/** Reads a file chunk by chunk. Each chunk is overwritten by the next one. Closes the file. */
export async function* readChunks(file: FileHandle, chunkBytes = CHUNK_BYTES): AsyncGenerator<Uint8Array> {
  try {
    const chunk = new Uint8Array(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Writes a text piece by piece, and makes it durable. */
export async function writePieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const piece of pieces) await file.appendFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
