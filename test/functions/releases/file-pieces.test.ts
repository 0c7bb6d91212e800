import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChunks, readInPieces, writePieces } from '../../../functions/releases/file-pieces.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'curbside-pieces-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** More than `readFile` and one call of the system read. Nothing of it is on the disk except its end. */
const LARGE_BYTES = 2 ** 31 + 5;

async function sparseFile(path: string): Promise<void> {
  const file = await open(path, 'w');
  await file.write('end', LARGE_BYTES - 3);
  await file.close();
}

describe('a file', () => {
  it('is read in pieces and chunks of any length', async () => {
    const path = join(directory, 'file');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 100 }), async (bytes, length) => {
        await writeFile(path, bytes);
        expect(await readInPieces(path, length)).toEqual(new Uint8Array(bytes));
        const chunks: number[] = [];
        for await (const chunk of readChunks(await open(path), length)) chunks.push(...chunk);
        expect(chunks).toEqual([...bytes]);
      }),
      { numRuns: 100 },
    );
  });

  it('of more than 2 GiB is read chunk by chunk', async () => {
    const path = join(directory, 'large');
    await sparseFile(path);
    await expect(readFile(path)).rejects.toThrow(/2 GiB/);
    let bytes = 0;
    let end = '';
    for await (const chunk of readChunks(await open(path), 2 ** 24)) {
      bytes += chunk.length;
      end = Buffer.from(chunk.subarray(-3)).toString();
    }
    expect([bytes, end]).toEqual([LARGE_BYTES, 'end']);
    await rm(path);
  });

  it('of more bytes than an array may have is refused in a sentence', async () => {
    const path = join(directory, 'too-large');
    const file = await open(path, 'w');
    // 2^53 - 1 bytes are no array in any version of Node, but no file system has such a file either.
    await file.truncate(2 ** 43);
    await file.close();
    await expect(readInPieces(path)).rejects.toThrow(`${path} has ${2 ** 43} bytes, which are more than`);
    await rm(path);
  });

  it('whose size the system does not tell is read to its end, and its error is thrown', async () => {
    expect((await readInPieces('/proc/self/cmdline')).length).toBeGreaterThan(0);
    await expect(readInPieces('/proc/self/mem')).rejects.toThrow(/EIO/);
  });

  it('is written in pieces', async () => {
    const path = join(directory, 'written');
    async function* pieces() {
      yield 'Tacos 🌮';
      yield '';
      yield ', tea';
    }
    await writePieces(path, pieces());
    expect(await readFile(path, 'utf8')).toBe('Tacos 🌮, tea');
  });
});
