import { type FileHandle, open } from 'node:fs/promises';

/** The system reads at most 2 GiB - 4 KiB in one call, and `readFile` refuses larger files. */
const MAX_READ_BYTES = 2 ** 30;
/** Bytes of a chunk of a stream. */
const CHUNK_BYTES = 2 ** 20;

/** Reads a whole file of any size that fits into one array (4 GiB in Node 20). @param pieceBytes read in one call */
export async function readInPieces(path: string, pieceBytes = MAX_READ_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = allocate(size, path);
    let at = 0;
    while (at < size) {
      const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, size - at), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

function allocate(bytes: number, path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
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
